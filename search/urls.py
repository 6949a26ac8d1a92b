from django.urls import path

from . import views

urlpatterns = [path("search/", views.Results.as_view(), name="search")]
