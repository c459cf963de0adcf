"""Asking of a planned question and display of its answer, in a cell that waits for it or while other cells run."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vision_magic.chat.finish_reasons import meaning
from vision_magic.errors import CellError, Interrupted, WireError
from vision_magic.notebook.interrupt import Stop, interrupts_ignored
from vision_magic.notebook.state import state_of
from vision_magic.notebook.views.base import View, format_error
from vision_magic.notebook.views.choose import can_wait, view_for
from vision_magic.notebook.views.wire_trace import show_wire_trace
from vision_magic.session.background import BackgroundReply
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.notebook.conversations import Conversations
    from vision_magic.notebook.each_cell import EachPlan
    from vision_magic.notebook.resolve import Plan
    from vision_magic.notebook.views.wire_trace import TraceOutput
    from vision_magic.session.stream import ReplyStream

__all__ = ["answer", "show_notes"]


def answer(shell: Any, plan: Plan, conversations: Conversations) -> None:
    """Ask, show the answer while it is being written, and store it in the notebook's variables.

    Raises
    ------
    VisionError
        The call failed, or the kernel was interrupted; what had arrived is shown and stored.
    """
    if plan.background and can_wait(shell):
        _answer_in_background(shell, plan, conversations)
    elif plan.trace is None:
        _answer_in_cell(shell, plan, conversations)
    else:
        plan.trace.times = can_wait(shell)
        with show_wire_trace(shell, plan.trace) as output:
            _answer_in_cell(shell, plan, conversations, output)


def _answer_in_cell(
    shell: Any, plan: Plan, conversations: Conversations, trace_output: TraceOutput | None = None
) -> None:
    view, stop = view_for(shell), Stop()
    stream: ReplyStream | None = None
    view.begin(_target(plan), stop)  # shows a status line before the images are read and encoded
    try:
        turn = conversations.turn(plan.conversation, plan.cell_id, plan.options, plan.prepare)
        with turn as question, question.stream() as stream:
            view.sent()
            for event in stream:
                view.event(event, lambda: stream.reply)
                if trace_output is not None:
                    trace_output.update()
        stop.expire()
    except KeyboardInterrupt as error:
        stop.expire()
        _keep_partial(shell, plan, view, stream.reply if stream is not None else _not_sent(plan))
        if stop.pressed:
            return  # the answer shows that it was stopped; the cell does not fail, so Run All continues
        if isinstance(error, WireError):
            raise
        raise Interrupted("The connection is closed, and _vision holds what had arrived.") from None
    except BaseException as error:
        # Whatever the error is (a miss in a recording, a cap, a bug), the view must not wait any longer.
        stop.expire()
        partial = error.partial if isinstance(error, WireError) else stream.reply if stream is not None else None
        if _keep_partial(shell, plan, view, partial if partial is not None and partial.has_content else None):
            _show_again(plan, trace_output)
        raise
    else:
        if not _finish(shell, plan, view, stream.reply):
            raise CellError(
                "Interrupted while the answer was being drawn; it is shown as plain text and is in _vision."
            )


def _show_again(plan: Plan, trace_output: TraceOutput | None) -> None:
    """Print the notes of a cell whose outputs were cleared; of a request that was not sent there is no trace."""
    show_notes(plan)
    if trace_output is not None:
        trace_output.forget()


def _answer_in_background(shell: Any, plan: Plan, conversations: Conversations) -> None:
    """Show the answer in this output while other cells run; until it ends, the variables hold a `BackgroundReply`."""
    with contextlib.ExitStack() as stack:
        turn = conversations.turn(plan.conversation, plan.cell_id, plan.options, plan.prepare)
        background_reply = BackgroundReply(stack.enter_context(turn).astream())
        view = view_for(shell)
        view.begin(_target(plan), background_reply.stop, background=True)
        view.sent()
        _keep(shell, plan, background_reply)
        open_turn = stack.pop_all()  # the turn ends with the answer, not with this cell

    def finish(ended: BackgroundReply) -> None:
        open_turn.close()
        reply = ended.reply
        if ended.error is not None:
            message = format_error(ended.error)
            if not reply.has_content:
                view.fail(message)  # the variables still hold the `BackgroundReply`, whose `wait` raises the error
                return
            reply = _with_error(reply, message)  # the cell has ended and cannot show it
        names = [name for name, value in list(shell.user_ns.items()) if value is ended]
        shell.user_ns.update(dict.fromkeys(names, reply))
        _add_shown(shell, reply)
        view.end(reply)

    background_reply.start(view.event, finish)


def _target(plan: Plan) -> str:
    return f"{plan.models} · {plan.host}"


def _finish(shell: Any, plan: Plan, view: View, reply: Reply) -> bool:
    """Store and show a reply, as plain text if an interrupt or an error ends the drawing; return if it was drawn."""
    try:
        _keep(shell, plan, reply)
        _add_shown(shell, reply)
        view.end(reply)
    except BaseException as error:
        with interrupts_ignored():
            _keep(shell, plan, reply)
            view.end(reply, plain=True)
        if not isinstance(error, KeyboardInterrupt):
            raise
        return False
    return True


def _keep(shell: Any, plan: Plan, value: object) -> None:
    shell.user_ns.update({name: value for name in ("_vision", plan.variable) if name})


def _add_shown(shell: Any, reply: Reply) -> None:
    """Make the images of an answer those that the notebook showed last."""
    for image in reply.output_images:
        state_of(shell).display_history.add_shown(image)


def _keep_partial(shell: Any, plan: Plan, view: View, partial: Reply | None) -> bool:
    """Show and store what had arrived, as plain text if an impatient user interrupts a second time.

    Returns
    -------
    bool
        Whether nothing had arrived and the outputs of the cell were cleared.
    """
    if partial is not None:
        _finish(shell, plan, view, partial)
        return False
    with interrupts_ignored():
        return view.fail("")


def show_notes(plan: Plan | EachPlan) -> None:
    """Print the notes of a plan."""
    for note in plan.notes:
        print(clean_text(note))  # noqa: T201  # not an error: the braces may be meant literally


def _not_sent(plan: Plan) -> Reply:
    """Return the reply to a question that was stopped while its images were being read."""
    from vision_magic.chat.reply import Reply

    return Reply(model=plan.models, host=plan.host, state="interrupted", notes=("the question was not sent",))


def _with_error(reply: Reply, message: str) -> Reply:
    """Add an error to the unfinished choices of a reply, or to all choices if none is unfinished."""
    ended = [one for one in reply.choices if one.finish_reason and meaning(one.finish_reason) != "error"]
    broken = [one for one in reply.choices if one not in ended] or reply.choices
    return replace(
        reply,
        choices=tuple(replace(one, error=one.error or message) if one in broken else one for one in reply.choices),
    )
