from django.http import HttpResponse
from django.urls import path

from localoffer.urls import urlpatterns as site

urlpatterns = [path("bench/constant/", lambda request: HttpResponse("ok")), *site]
