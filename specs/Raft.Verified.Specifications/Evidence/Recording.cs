using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Whether an event is one that is looked for.</summary>
internal delegate bool EventMatch(in RaftEvent e);

/// <summary>The events up to the one at which a violation was found, and the points gathered from them.</summary>
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

    /// <summary>The place of <see cref="Last"/>.</summary>
    public int Violating { get; }

    /// <summary>The event at which the violation was found.</summary>
    public RaftEvent Last { get; }

    /// <summary>How many points there are so far.</summary>
    public int Count => _points.Count;

    /// <summary>Whether an event is a point.</summary>
    public bool Has(int place) => _points.Exists(point => point.Event == place);

    /// <summary>The cluster as the property saw it: before the last event.</summary>
    public ClusterView View => _view ??= ViewBefore(Violating);

    public RaftEvent this[int place] => _events[place];

    /// <summary>The cluster as it was before an event.</summary>
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

    /// <summary>The latest event before a place (the last event's, unless another is given) that matches; -1 when there is none.</summary>
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

    /// <summary>The first event before the last one that matches; -1 when there is none.</summary>
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

    /// <summary>The event by which an index was first committed anywhere; -1 when it was not.</summary>
    public int FirstCommitOf(LogIndex index) => First((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced && e.Index >= index);

    /// <summary>Takes an event as a point. Without effect for -1, and for one that is a point already.</summary>
    public void Add(int place, string says)
    {
        if (place >= 0 && !Has(place))
        {
            _points.Add(new EvidencePoint(place, says));
        }
    }

    public IReadOnlyList<EvidencePoint> Points() => [.. _points.OrderBy(point => point.Event)];
}
