# The public names, each from the module that holds it: read by type checkers, and at run time by lazy_loader.

from .chat.citations import Citation as Citation
from .chat.events import (
    Event as Event,
    Finished as Finished,
    ImageReceived as ImageReceived,
    ReasoningDelta as ReasoningDelta,
    RefusalDelta as RefusalDelta,
    RetryScheduled as RetryScheduled,
    RetryStarted as RetryStarted,
    TextDelta as TextDelta,
    ToolCallDelta as ToolCallDelta,
    ToolFinished as ToolFinished,
    ToolStarted as ToolStarted,
)
from .chat.messages import Message as Message, ToolCall as ToolCall
from .chat.receipt import Receipt as Receipt, SentImage as SentImage
from .chat.reply import Choice as Choice, Reply as Reply
from .chat.request import ChatRequest as ChatRequest
from .chat.tools import Tool as Tool, tool as tool
from .chat.usage import Timing as Timing, Usage as Usage
from .each.ask_each import aask_each as aask_each, ask_each as ask_each
from .each.batch.batch import batch as batch
from .each.batch.job import BatchJob as BatchJob
from .each.batch.jobs import jobs as jobs
from .each.evaluation.classes import Comparison as Comparison
from .each.evaluation.consistency import Consistency as Consistency
from .each.evaluation.numbers import NumericComparison as NumericComparison
from .each.row import Row as Row
from .each.table.table import Table as Table
from .engine.chart.data import Chart as Chart, ChartAxis as ChartAxis, ChartPanel as ChartPanel, Series as Series
from .errors import (
    BrokenReply as BrokenReply,
    CellError as CellError,
    ConnectionFailed as ConnectionFailed,
    ImageError as ImageError,
    Interrupted as Interrupted,
    ReadingError as ReadingError,
    RecordingError as RecordingError,
    RecordingMiss as RecordingMiss,
    RequestError as RequestError,
    RunError as RunError,
    ServerError as ServerError,
    SettingsError as SettingsError,
    SpendingCapReached as SpendingCapReached,
    TruncatedReply as TruncatedReply,
    VisionError as VisionError,
    WireError as WireError,
)
from .images.convert import as_image as as_image
from .images.figure_facts.facts import facts as facts
from .images.figure_facts.values import Facts as Facts
from .images.frames import frames as frames
from .images.image import Image as Image, RemoteImage as RemoteImage
from .images.pages import pages as pages
from .images.registry import ConvertedImage as ConvertedImage, converts as converts
from .notebook.widgets.ask_panel import AskPanel as AskPanel
from .notebook.widgets.chat import ChatPanel as ChatPanel
from .notebook.widgets.image_input import ImageInput as ImageInput
from .session.charts import aread_chart as aread_chart, read_chart as read_chart
from .session.chosen import Chosen as Chosen
from .session.conversation import Conversation as Conversation
from .session.default import (
    aask as aask,
    achoose as achoose,
    ask as ask,
    astream as astream,
    choose as choose,
    keep as keep,
    log as log,
    prepare as prepare,
    recording as recording,
    stream as stream,
    usage as usage,
    use as use,
)
from .session.session import Session as Session
from .session.turns import Turn as Turn
from .session.url import url as url
from .settings import Settings as Settings

__version__: str
__all__: list[str]

def load_ipython_extension(shell: object) -> None: ...
def unload_ipython_extension(shell: object) -> None: ...
