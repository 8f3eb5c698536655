using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation.Lab;

/// <summary>
/// A call on the lab network, which goes through nine steps:
/// <list type="number">
/// <item><description>The call is counted, whatever happens next.</description></item>
/// <item><description>It reads the state of its end, the registered server, and the network's mode.</description></item>
/// <item><description>
/// Over a disabled end or to an absent server it fails after 0..6999 ms (long delays) or 0..99 ms. It never arrives, even
/// if the link is mended meanwhile.
/// </description></item>
/// <item><description>
/// On an unreliable network it waits 0..26 ms. Then one in ten is lost, and fails at once.
/// </description></item>
/// <item><description>
/// The handler runs. Every 100 ms the network looks at the end and the server, and fails the call when the end was disabled
/// or the server replaced.
/// </description></item>
/// <item><description>
/// At the end of the handler it looks once more, so the handler's work may have been in vain.
/// </description></item>
/// <item><description>
/// On an unreliable network one in ten replies is lost, and the call fails at once.
/// </description></item>
/// <item><description>
/// With long reordering two of three replies are held back for 200 ms and 0..m ms more, where m is 0..1999.
/// </description></item>
/// <item><description>The reply arrives, and is counted.</description></item>
/// </list>
/// </summary>
internal abstract class LabCall(LabNetwork network, LabEnd end) : Operation
{
    private const int LongFailureMs = 7000;
    private const int ShortFailureMs = 100;
    private const int RequestDelayMs = 27;
    private const int HoldBackMs = 200;
    private const int HoldBackSpreadMs = 2000;
    private const double Loss = 0.1;
    private const double HoldBack = 600.0 / 900;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private Stage _stage;
    private LabServer? _server;
    private bool _isReliable;
    private bool _hasLongReordering;
    private TimeSpan _dispatchedAt;
    private int _replyBytes;

    private enum Stage
    {
        Request,
        Handling,
        Reply,
        Failing,
        Ended,
    }

    public LabEnd End { get; } = end;

    public override OperationKind Kind => OperationKind.Message;

    public override int Actor => _stage == Stage.Request ? _server!.Actor : End.Actor;

    private ISimulation Simulation => network.Simulation;

    /// <summary>Begins the call with steps 1 to 4, which are decided when the caller sends it.</summary>
    public void Begin(int requestBytes)
    {
        network.CountRequest(requestBytes);
        _server = End.Target.Server;
        _isReliable = network.IsReliable;
        _hasLongReordering = network.HasLongReordering;
        if (!End.IsEnabled || _server is null)
        {
            int patience = network.HasLongDelays ? LongFailureMs : ShortFailureMs;
            Post(Stage.Failing, Simulation.Choose(patience, "ms until the call fails"));
        }
        else if (_isReliable)
        {
            Post(Stage.Request, 0);
        }
        else
        {
            int delay = Simulation.Choose(RequestDelayMs, "ms of request delay");
            Post(Simulation.Happens(Loss, "lose the request") ? Stage.Failing : Stage.Request, delay);
        }
    }

    public override void Run()
    {
        switch (_stage)
        {
            case Stage.Request:
                Dispatch();
                break;
            case Stage.Reply:
                _stage = Stage.Ended;
                network.CountReply(_replyBytes);
                Succeeded();
                break;
            case Stage.Failing:
                Fail();
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Schedules a look after a change that the call must notice. The looks are 100 ms apart, counted from the dispatch
    /// of the call.
    /// </summary>
    /// <remarks>
    /// Looks without such a change are skipped: they would have no effect, and cost most of the time.
    /// </remarks>
    public void LookSoon()
    {
        TimeSpan since = Simulation.Now - _dispatchedAt;
        TimeSpan next = LookInterval - new TimeSpan(since.Ticks % LookInterval.Ticks);
        Simulation.Post(new LookOperation(this), next, null);
    }

    public override string ToString() => _stage switch
    {
        Stage.Request => $"{End} {RequestText}",
        Stage.Reply => $"{End.Server}->{End.Owner} {ReplyText}",
        _ => $"{End} {RequestText} fails",
    };

    /// <summary>The readable text of the request, for schedules.</summary>
    protected abstract string RequestText { get; }

    /// <summary>The readable text of the reply, for schedules.</summary>
    protected abstract string ReplyText { get; }

    /// <summary>Runs, or starts, the handler; the handler ends with <see cref="Answer"/>.</summary>
    protected abstract void Handle(LabServer server);

    /// <summary>Reports to the caller that the reply has arrived.</summary>
    protected abstract void Succeeded();

    /// <summary>Reports to the caller that the call has failed.</summary>
    protected abstract void Failed();

    /// <summary>
    /// Runs steps 6 to 8 after the end of the handler. A caller that has given up on the call is not told.
    /// </summary>
    protected void Answer(int bytes)
    {
        if (_stage != Stage.Handling)
        {
            return;
        }

        _server!.Ended(this);
        if (IsSevered() || (!_isReliable && Simulation.Happens(Loss, "lose the reply")))
        {
            Fail();
            return;
        }

        _replyBytes = bytes;
        int delay = 0;
        if (_hasLongReordering && Simulation.Happens(HoldBack, "hold the reply back"))
        {
            int spread = Simulation.Choose(HoldBackSpreadMs, "most ms of hold-back");
            delay = HoldBackMs + Simulation.Choose(spread + 1, "ms of hold-back");
        }

        Post(Stage.Reply, delay);
    }

    // Step 5. If the server was replaced while the request was in flight, the caller does not learn of its execution.
    private void Dispatch()
    {
        if (End.Target.Server != _server)
        {
            Fail();
            return;
        }

        _stage = Stage.Handling;
        _dispatchedAt = Simulation.Now;
        _server!.Dispatched(this);
        if (!End.IsEnabled)
        {
            LookSoon();
        }

        Handle(_server);
    }

    private void Look()
    {
        if (_stage == Stage.Handling && IsSevered())
        {
            _server!.Ended(this);
            Fail();
        }
    }

    private bool IsSevered() => !End.IsEnabled || End.Target.Server != _server;

    private void Fail()
    {
        _stage = Stage.Ended;
        Failed();
    }

    private void Post(Stage stage, int milliseconds)
    {
        _stage = stage;
        Simulation.Post(this, TimeSpan.FromMilliseconds(milliseconds), null);
    }

    /// <summary>A look of the network at a call in progress, to see whether it can still succeed.</summary>
    private sealed class LookOperation(LabCall call) : Operation
    {
        public override OperationKind Kind => OperationKind.Message;

        public override int Actor => call.End.Actor;

        public override void Run() => call.Look();

        public override string ToString() => $"{call.End} {call.RequestText}: is it cut off?";
    }
}
