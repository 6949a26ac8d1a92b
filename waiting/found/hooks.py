"""Where editors see what families found on each way, and switch its question off or on again."""

from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogFormatter, log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from waiting.models import FoundQuestion

SWITCHED_OFF, SWITCHED_ON = "waiting.question_off", "waiting.question_on"


class OnlyChanged(ModelPermissionPolicy):
    """A question comes and goes with its page: nobody, not even a superuser, adds or deletes one."""

    def user_has_permission(self, user, action):
        return action in ("change", "view") and super().user_has_permission(user, action)


class Asked(Column):
    def get_value(self, question):
        return "Switched off" if question.off else "Asked"


class Answers(Column):
    """In the words that families read, under their rule of ten: editors do not see more than they do."""

    def get_value(self, question):
        return words(question)


def words(question: FoundQuestion) -> str:
    """What families answered, in a line."""
    parts = []
    for told in question.told():
        counts = [f"{count.words.lower()}: {count.number or 'fewer than ten'}" for count in told.counts] or [
            "too few to tell"
        ]
        parts.append(f"{told.place}: {', '.join(counts)}" if told.place else ", ".join(counts))
    return ". ".join(parts) or "Too few to tell"


class Index(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("pathway")


class Switch(EditView):
    def save_instance(self):
        """One line in the log: what was switched and why, or else that it was edited."""
        was_off = self.form.initial["off"]
        question = self.action_class(
            self.form.instance, user=self.request.user, form=self.form, log_action=None
        ).execute(skip_permission_checks=True)
        done = "wagtail.edit" if question.off == was_off else SWITCHED_OFF if question.off else SWITCHED_ON
        log(question, done, user=self.request.user, data={"reason": question.reason}, content_changed=True)
        return question


class QuestionsToFamilies(ModelViewSet):
    model = FoundQuestion
    icon = "help"
    menu_label = "What families found"
    menu_order = 245
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = Index
    edit_view_class = Switch
    list_per_page = 50
    list_display = [
        "__str__",
        Asked("off", label="Families are"),
        "reason",
        Answers("answers", label="Answers in twelve months"),
    ]
    form_fields = ["off", "reason", "by_half"]


register_permission_policy(FoundQuestion, OnlyChanged(FoundQuestion))


@hooks.register("register_admin_viewset")
def questions():
    return QuestionsToFamilies()


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(SWITCHED_OFF)
    class Off(LogFormatter):
        label = "Question to families switched off"

        def format_message(self, entry):
            return f"Families are not asked what they found: {entry.data.get('reason', '')}"

    @actions.register_action(SWITCHED_ON)
    class On(LogFormatter):
        label = "Question to families switched on"
        message = "Families are asked again what they found"
