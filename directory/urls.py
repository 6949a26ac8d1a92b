from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("services/<slug:slug>/", lambda request, slug: HttpResponse(slug), name="service"),
    path("needs/<slug:slug>/", lambda request, slug: HttpResponse(slug), name="need"),
    path("areas/<slug:slug>/", lambda request, slug: HttpResponse(slug), name="area"),
]
