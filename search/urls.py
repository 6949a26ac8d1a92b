from django.urls import path

from . import suggesting, views

urlpatterns = [
    path("search/", views.Results.as_view(), name="search"),
    path("search/suggest/", suggesting.suggest, name="suggest"),
]
