# The public names, each from the module that holds it: read by type checkers, and at run time by lazy_loader.

from .chat.events import (
    Event as Event,
)
from .chat.events import (
    Finished as Finished,
)
from .chat.events import (
    ReasoningDelta as ReasoningDelta,
)
from .chat.events import (
    RefusalDelta as RefusalDelta,
)
from .chat.events import (
    RetryScheduled as RetryScheduled,
)
from .chat.events import (
    RetryStarted as RetryStarted,
)
from .chat.events import (
    TextDelta as TextDelta,
)
from .chat.events import (
    ToolCallDelta as ToolCallDelta,
)
from .chat.events import (
    ToolFinished as ToolFinished,
)
from .chat.events import (
    ToolStarted as ToolStarted,
)
from .chat.messages import Message as Message
from .chat.messages import ToolCall as ToolCall
from .chat.receipt import Receipt as Receipt
from .chat.receipt import Sent as Sent
from .chat.reply import Choice as Choice
from .chat.reply import Reply as Reply
from .chat.request import ChatRequest as ChatRequest
from .chat.tools import Tool as Tool
from .chat.tools import tool as tool
from .chat.usage import Timing as Timing
from .chat.usage import Usage as Usage
from .errors import (
    BrokenReply as BrokenReply,
)
from .errors import (
    CellError as CellError,
)
from .errors import (
    ConnectionFailed as ConnectionFailed,
)
from .errors import (
    ImageError as ImageError,
)
from .errors import (
    Interrupted as Interrupted,
)
from .errors import (
    RecordingError as RecordingError,
)
from .errors import (
    RecordingMiss as RecordingMiss,
)
from .errors import (
    RequestError as RequestError,
)
from .errors import (
    ServerError as ServerError,
)
from .errors import (
    SettingsError as SettingsError,
)
from .errors import (
    SpendingCapReached as SpendingCapReached,
)
from .errors import (
    TruncatedReply as TruncatedReply,
)
from .errors import (
    VisionError as VisionError,
)
from .errors import (
    WireError as WireError,
)
from .images.convert import as_image as as_image
from .images.figure_facts.facts import facts as facts
from .images.figure_facts.values import Facts as Facts
from .images.image import Image as Image
from .images.image import RemoteImage as RemoteImage
from .images.registry import ConvertedImage as ConvertedImage
from .images.registry import converts as converts
from .notebook.widgets.ask_panel import AskPanel as AskPanel
from .notebook.widgets.chat import ChatPanel as ChatPanel
from .notebook.widgets.image_input import ImageInput as ImageInput
from .session.cache import keep as keep
from .session.choose import Chosen as Chosen
from .session.conversation import Conversation as Conversation
from .session.default import (
    aask as aask,
)
from .session.default import (
    achoose as achoose,
)
from .session.default import (
    ask as ask,
)
from .session.default import (
    astream as astream,
)
from .session.default import (
    choose as choose,
)
from .session.default import (
    prepare as prepare,
)
from .session.default import (
    stream as stream,
)
from .session.default import (
    usage as usage,
)
from .session.default import (
    use as use,
)
from .session.history import Turn as Turn
from .session.log import log as log
from .session.recordings import recording as recording
from .session.session import Session as Session
from .session.url import url as url
from .settings import Settings as Settings

__version__: str
__all__: list[str]

def load_ipython_extension(shell: object) -> None: ...
def unload_ipython_extension(shell: object) -> None: ...
