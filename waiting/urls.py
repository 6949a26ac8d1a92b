from django.urls import path

from .times import views

urlpatterns = [
    path("waiting/times/", views.Times.as_view(), name="waiting_times"),
    path("waiting/times.csv", views.times_csv, name="waiting_times_csv"),
]
