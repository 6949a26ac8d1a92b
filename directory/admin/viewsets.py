"""The Directory in the admin's menu, in the order editors use it."""

from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.models import (
    AccessFeature,
    Area,
    AreaKind,
    Elsewhere,
    Language,
    Need,
    PlaceName,
    Provider,
    Service,
    Venue,
)

from . import panels, views
from .filters import ServiceFilter


class Services(SnippetViewSet):
    model = Service
    icon = "help"
    menu_label = "Services"
    edit_handler = panels.SERVICE
    index_view_class = views.ServiceIndex
    add_view_class = views.ServiceCreate
    edit_view_class = views.ServiceEdit
    workflow_action_view_class = views.ServiceWorkflowAction
    search_fields = ["name", "other_names", "provider__name"]
    filterset_class = ServiceFilter
    list_per_page = 50
    # A copy would claim the web address and the register numbers of the original.
    copy_view_enabled = False


class Providers(SnippetViewSet):
    model = Provider
    icon = "group"
    edit_handler = panels.PROVIDER
    list_display = ["name", "get_kind_display", "website"]
    list_filter = ["kind"]
    search_fields = ["name", "other_names"]
    index_view_class = views.PlainIndex


class Venues(SnippetViewSet):
    model = Venue
    icon = "site"
    edit_handler = panels.VENUE
    list_display = ["name", "town", "postcode", BooleanColumn("confidential", label="Never shown")]
    list_filter = ["confidential"]
    search_fields = ["name", "town", "postcode"]
    index_view_class = views.PlainIndex


class Needs(SnippetViewSet):
    model = Need
    icon = "tag"
    edit_handler = panels.NEED
    list_display = ["name", "professional", BooleanColumn("crisis", label="Urgent help first")]
    search_fields = ["name", "professional", "words__word"]
    list_per_page = 100
    index_view_class = views.PlainIndex


class Areas(SnippetViewSet):
    model = Area
    icon = "globe"
    edit_handler = panels.AREA
    list_display = ["name", Column("kind"), "valid_from", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["name", "code", "other_names"]
    list_per_page = 100
    index_view_class = views.PlainIndex

    def get_queryset(self, request):
        return Area.objects.select_related("kind")


class Vocabulary(ModelViewSet):
    """A short list that other records choose from."""

    icon = "list-ul"
    list_per_page = 100
    copy_view_enabled = False
    index_view_class = views.PlainModelIndex


class AreaKinds(Vocabulary):
    model = AreaKind
    menu_label = "Kinds of area"
    list_display = ["name", "decided_by", BooleanColumn("home_unit", label="Postcodes lie in one")]
    form_fields = ["name", "plural", "slug", "decided_by", "explanation", "whole", "home_unit", "order"]


class AccessFeatures(Vocabulary):
    model = AccessFeature
    menu_label = "Access"
    list_display = ["name", BooleanColumn("place", label="About the place"), BooleanColumn("filterable")]
    form_fields = ["name", "slug", "place", "filterable", "order"]


class Languages(Vocabulary):
    model = Language
    list_display = ["name", "code"]
    form_fields = ["name", "code"]


class PlaceNames(Vocabulary):
    model = PlaceName
    menu_label = "Place names"
    list_display = ["name", "kind", Column("district")]
    list_filter = ["kind"]
    form_fields = ["name", "key", "kind", "latitude", "longitude", "district"]
    search_fields = ["name"]
    index_view_class = views.PlaceIndex


class ThingsForElsewhere(Vocabulary):
    model = Elsewhere
    menu_label = "Asked for, not here"
    icon = "redirect"
    list_display = ["name", "advice", "link"]
    edit_handler = ObjectList(panels.fields("name", "words", "advice", "link"))
    search_fields = ["name", "words"]


class Directory(SnippetViewSetGroup):
    menu_label = "Directory"
    menu_icon = "folder-open-inverse"
    menu_order = 100
    items = (
        Services(),
        Providers(),
        Venues(),
        Needs(),
        Areas(),
        AreaKinds("area_kinds"),
        AccessFeatures("access_features"),
        Languages("languages"),
        PlaceNames("place_names"),
        ThingsForElsewhere("elsewhere"),
    )
