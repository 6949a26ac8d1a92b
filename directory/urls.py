from django.urls import path

from . import views
from .near import services_near

urlpatterns = [
    path("services/<slug:slug>/", views.ServicePage.as_view(), name="service"),
    path("services-near/", services_near, name="services_near"),
    path("needs/", views.Needs.as_view(), name="needs"),
    path("needs/<slug:slug>/", views.NeedPage.as_view(), name="need"),
    path("areas/", views.Areas.as_view(), name="areas"),
    path("areas/<slug:slug>/", views.AreaPage.as_view(), name="area"),
]
