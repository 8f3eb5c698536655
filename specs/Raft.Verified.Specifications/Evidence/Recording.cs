using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>A predicate that is true for the events of a search.</summary>
internal delegate bool EventMatch(in RaftEvent e);

/// <summary>The events up to the one at which a violation was found, and the points collected from them.</summary>
internal sealed class Recording
{
    private readonly IReadOnlyList<RaftEvent> _events;
    private readonly List<EvidencePoint> _points = [];
    private ClusterView? _view;

    public Recording(IReadOnlyList<RaftEvent> events, int violating)
    {
        _events = events;
        Violating = violating;
        Last = events[violating];
    }

    /// <summary>The position of <see cref="Last"/>, from 0.</summary>
    public int Violating { get; }

    /// <summary>The event at which the violation was found.</summary>
    public RaftEvent Last { get; }

    /// <summary>The number of points collected so far.</summary>
    public int Count => _points.Count;

    /// <summary>Returns true when the event at a position is a point.</summary>
    public bool Has(int place) => _points.Exists(point => point.Event == place);

    /// <summary>The cluster as the property saw it, before the last event.</summary>
    public ClusterView View => _view ??= ViewBefore(Violating);

    public RaftEvent this[int place] => _events[place];

    /// <summary>Returns the state of the cluster before an event.</summary>
    public ClusterView ViewBefore(int place)
    {
        int servers = 1;
        for (int i = 0; i <= Violating; i++)
        {
            servers = Math.Max(servers, Math.Max(_events[i].Server.Value, _events[i].Peer.Value));
        }

        ClusterView view = new(servers);
        for (int i = 0; i < place; i++)
        {
            RaftEvent e = _events[i];
            view.Apply(in e);
        }

        return view;
    }

    /// <summary>
    /// Returns the position of the latest matching event before a position; -1 when there is none. Without a position,
    /// it searches before the last event.
    /// </summary>
    public int Latest(EventMatch matches, int? before = null)
    {
        for (int i = (before ?? Violating) - 1; i >= 0; i--)
        {
            RaftEvent e = _events[i];
            if (matches(in e))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Returns the position of the first matching event before the last one; -1 when there is none.</summary>
    public int First(EventMatch matches)
    {
        for (int i = 0; i < Violating; i++)
        {
            RaftEvent e = _events[i];
            if (matches(in e))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Returns the position of the event that first committed an index on any server; -1 when none did.
    /// </summary>
    public int FirstCommitOf(LogIndex index) => First((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced && e.Index >= index);

    /// <summary>Adds an event as a point. Without effect for -1 and for an event that is already a point.</summary>
    public void Add(int place, string says)
    {
        if (place >= 0 && !Has(place))
        {
            _points.Add(new EvidencePoint(place, says));
        }
    }

    public IReadOnlyList<EvidencePoint> Points() => [.. _points.OrderBy(point => point.Event)];
}
