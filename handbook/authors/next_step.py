"""What a co-author can do with a page now: one clear button, in the words of somebody who writes."""

from wagtail import hooks
from wagtail.admin.action_menu import CancelWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.models import WorkflowState

from .access import only_co_author


class Send(SubmitForModerationMenuItem):
    template_name = "handbook/admin/send_for_checking.html"

    def get_context_data(self, parent_context):
        state = parent_context["page"].current_workflow_state
        again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        label = "Send again for checking" if again else "Send for checking"
        return super().get_context_data(parent_context) | {"label": label}


class TakeBack(CancelWorkflowMenuItem):
    label = "Take it back to change it"


@hooks.register("construct_page_action_menu", order=1000)
def one_clear_step(items, request, context):
    if context["view"] != "edit" or not only_co_author(request.user):
        return
    names = {item.name for item in items}
    if Send.name in names:
        items[:] = [Send()]
    elif TakeBack.name in names:
        items[:] = [TakeBack()]
