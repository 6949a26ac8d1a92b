"""Family words in the admin: one small form for each, and what a change would do before it is made."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from directory.models import Need, NeedWord
from search.tokens import split

from .preview import preview, preview_of_removal

LONGEST_SEARCH = 200


class WordForm(WagtailAdminModelForm):
    class Meta:
        model = NeedWord
        fields = ["need", "word", "kind", "context", "crisis"]
        labels = {
            "need": "Leads to",
            "word": "Word or phrase",
            "kind": "What it is",
            "context": "Only beside",
            "crisis": "Cries for help",
        }
        help_texts = {
            "word": "As families and young people type it, in small letters. Endings do not matter:"
            " “sleep” also finds “sleeping”.",
        }

    def clean_word(self):
        word = " ".join(self.cleaned_data["word"].split())
        if not split(word):
            raise ValidationError("Write at least one letter.")
        return word

    def clean(self):
        typed = super().clean()
        need, word = typed.get("need"), typed.get("word")
        if need and word:
            others = need.words.exclude(pk=self.instance.pk).values_list("word", flat=True)
            same = next((other for other in others if split(other) == split(word)), None)
            if same is not None:
                self.add_error("word", f"“{same}” leads to {need} already.")
        return typed


class Asks:
    """Shows what a change would do when asked to, and before it saves one that it warns about."""

    error_message = None
    told = None

    def form_valid(self, form):
        if self.expects_json_response:
            return super().form_valid(form)
        self.told = preview(form.instance, self.stored)
        seen = repr(sorted(form.cleaned_data.items(), key=lambda item: item[0]))
        agreed = self.request.POST.get("agreed") == seen
        if "preview" in self.request.POST or (self.told.warnings and not agreed):
            self.form = form
            self.agreed = seen
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)

    @cached_property
    def stored(self):
        pk = getattr(getattr(self, "object", None), "pk", None)
        return NeedWord.objects.filter(pk=pk).select_related("need").first() if pk else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(told=self.told, agreed=getattr(self, "agreed", ""), **kwargs)


class AddWord(Asks, generic.CreateView):
    template_name = "search/admin/word.html"

    def get_initial(self):
        """The word and the need that a link to this form carries."""
        asked = self.request.GET
        need = Need.objects.filter(slug=asked.get("need", "")[:60]).values_list("pk", flat=True).first()
        return {"word": asked.get("word", "")[:80], "need": need}

    def get_success_message(self, instance):
        return f"“{instance}” now leads to {instance.need}. Search reads it at once."


class ChangeWord(Asks, generic.EditView):
    template_name = "search/admin/word.html"

    def get_success_message(self):
        return f"“{self.object}” now leads to {self.object.need}. Search reads it at once."


class RemoveWord(generic.DeleteView):
    template_name = "search/admin/word_remove.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(told=preview_of_removal(self.object), **kwargs)


def beside(word: NeedWord) -> str:
    return ", ".join(word.context.split("|"))


def cry(word: NeedWord) -> str:
    return word.get_crisis_display() if word.crisis else ""


class WordList(generic.IndexView):
    queryset = NeedWord.objects.select_related("need")

    @cached_property
    def search_query(self):
        return super().search_query[:LONGEST_SEARCH]


class Words(ModelViewSet):
    model = NeedWord
    name = "family_words"
    url_prefix = "family-words"
    menu_label = "Family words"
    menu_order = 10
    icon = "openquote"
    list_display = [
        TitleColumn(
            "word", label="Word or phrase", url_name="family_words:edit", width="25%", sort_key="word"
        ),
        Column("need", label="Leads to", sort_key="need__name"),
        Column("kind", label="What it is", accessor="get_kind_display", sort_key="kind"),
        Column("context", label="Only beside", accessor=beside, width="30%"),
        Column(
            "crisis", label="Cries for help", accessor=lambda word: word.crisis and word.get_crisis_display()
        ),
    ]
    list_filter = ["need", "kind", "crisis"]
    search_fields = ["word"]
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = WordList
    add_view_class = AddWord
    edit_view_class = ChangeWord
    delete_view_class = RemoveWord

    def get_form_class(self, for_update=False):
        return WordForm
