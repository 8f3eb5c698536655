using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Log;

namespace Raft.Verified.Testing.Page;

/// <summary>
/// A recorder of a replay: every event with its decision and time, and the fate of every message. All events of a
/// message have the same object as their subject, which identifies the message. The recording ends with the event at
/// which a monitor finds a violation; later events of the same step are left out.
/// </summary>
internal sealed class TraceRecorder : IRaftObserver, IDecisionLog
{
    private readonly Monitors _monitors;
    private readonly CutLinks _links;
    private readonly List<TracedEvent> _events = [];
    private readonly List<TracedMessage> _messages = [];
    private readonly Dictionary<Message, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Link, int> _youngest = [];
    private int _decisions;
    private int _step;
    private bool _inStep;
    private TimeSpan _now;

    /// <summary>Creates a recorder for a run that has not started.</summary>
    /// <param name="scenario">The scenario that will be run.</param>
    /// <param name="properties">
    /// The properties whose violation ends the recording; null for those of the run itself.
    /// </param>
    public TraceRecorder(Scenario scenario, IEnumerable<SafetyProperty>? properties = null)
    {
        _monitors = new Monitors(scenario.Cluster.Servers, scenario.Cluster.Model, properties ?? scenario.Cluster.CreateProperties());
        _links = new CutLinks(scenario.Cluster.Servers);
    }

    /// <summary>The events, in order.</summary>
    public IReadOnlyList<TracedEvent> Events => _events;

    /// <summary>The messages, in the order of their first events.</summary>
    public IReadOnlyList<TracedMessage> Messages => _messages;

    /// <summary>
    /// The violation that the monitors found, by the last event of the recording; null when there is none.
    /// </summary>
    public Violation? Violation => _monitors.Violation;

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        // An event outside of a step comes from a run that has diverged from its schedule, so it is not recorded.
        if (Violation is not null || (_decisions > 0 && !_inStep))
        {
            return;
        }

        int message = raftEvent.Subject is Message subject ? Trace(in raftEvent, subject) : -1;
        IReadOnlyList<Link>? cuts = raftEvent is { Kind: RaftEventKind.Environment, Subject: ClusterAct act } ? _links.Read(raftEvent.Server, act) : null;
        _events.Add(new TracedEvent(_step, _now, raftEvent, message, Timer: null, cuts));
        _monitors.OnEvent(in raftEvent);
    }

    /// <inheritdoc />
    public void TimeIs(TimeSpan now) => _now = now;

    /// <inheritdoc />
    public void Choosing(int choice, int enabled, string label)
    {
        _decisions++;
        _step = _decisions;
        _inStep = true;
        if (Violation is null && TimerLabel.Parse(label) is { } fired)
        {
            _events.Add(new TracedEvent(_step, _now, new RaftEvent { Kind = default, Server = fired.Server }, -1, fired.Timer, Cuts: null));
        }
    }

    /// <inheritdoc />
    public void Ran(ulong fingerprint) => _inStep = false;

    /// <inheritdoc />
    public void Drew(int value, int bound, string what, ulong fingerprint) => _decisions++;

    private int Trace(in RaftEvent e, Message message)
    {
        if (!_places.TryGetValue(message, out int place))
        {
            place = _messages.Count;
            _places.Add(message, place);
            _messages.Add(new TracedMessage(message));
        }

        TracedMessage traced = _messages[place];
        int now = _events.Count;
        switch (e.Kind)
        {
            case RaftEventKind.MessageSent:
                traced.Sent = now;
                break;
            case RaftEventKind.MessageDuplicated:
                traced.Duplicated = now;
                break;
            case RaftEventKind.MessageLost:
                traced.Lost = now;
                break;
            case RaftEventKind.MessageReceived:
                traced.Arrivals.Add(new Arrival(now, LatenessOf(traced)));
                break;
            default:
                break;
        }

        return place;
    }

    private Lateness LatenessOf(TracedMessage traced)
    {
        Message message = traced.Message;
        Lateness lateness = _monitors.View[message.To].Term > message.Term ? Lateness.OlderTerm : Lateness.None;
        Link link = new(message.From, message.To);
        int youngest = _youngest.GetValueOrDefault(link, -1);
        if (traced.Sent < youngest)
        {
            return lateness | Lateness.Overtaken;
        }

        _youngest[link] = traced.Sent;
        return lateness;
    }
}
