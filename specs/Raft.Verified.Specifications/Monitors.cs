using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// Watches the events of one run. Each event is first shown to the properties that ask for its kind, which judge it against the view from
/// before it; then the view takes it over. At the first violation watching ends: neither view nor verdict changes any more, so that the
/// view shows the state in which the event that broke the property struck.
/// </summary>
/// <remarks>
/// Takes one event at a time. An exploration runs everything on one thread; where servers run on several, a <see cref="SynchronizedObserver"/> stands in front.
/// </remarks>
public sealed class Monitors : IRaftObserver
{
    private static readonly int KindCount = Enum.GetValues<RaftEventKind>().Length;

    // The properties that look at kind k are _watchers[_first[k]] to _watchers[_first[k + 1] - 1].
    private readonly SafetyProperty[] _watchers;
    private readonly int[] _first;

    /// <summary>Starts watching a run from its beginning.</summary>
    /// <param name="servers">How many servers there are; they are named 1 to that number.</param>
    /// <param name="model">Makes the sequential specification of the state machine; null when there is none.</param>
    /// <param name="properties">What to watch for, not used in any other run; null for <see cref="Properties.CreateAll"/>.</param>
    public Monitors(int servers, Func<IStateMachineModel>? model, IEnumerable<SafetyProperty>? properties = null)
    {
        View = new ClusterView(servers);
        IReadOnlyList<SafetyProperty> all = properties is null ? Properties.CreateAll(model) : [.. properties];
        _first = new int[KindCount + 1];
        for (int i = 0; i < all.Count; i++)
        {
            foreach (RaftEventKind kind in all[i].Kinds)
            {
                _first[(int)kind + 1]++;
            }
        }

        for (int kind = 0; kind < KindCount; kind++)
        {
            _first[kind + 1] += _first[kind];
        }

        _watchers = new SafetyProperty[_first[KindCount]];
        Span<int> next = stackalloc int[KindCount];
        _first.AsSpan(0, KindCount).CopyTo(next);
        for (int i = 0; i < all.Count; i++)
        {
            foreach (RaftEventKind kind in all[i].Kinds)
            {
                _watchers[next[(int)kind]++] = all[i];
            }
        }
    }

    /// <summary>The cluster as the events so far tell it.</summary>
    public ClusterView View { get; }

    /// <summary>The first violation; null while there is none.</summary>
    public Violation? Violation { get; private set; }

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        if (Violation is not null)
        {
            return;
        }

        int kind = (int)raftEvent.Kind;
        int end = _first[kind + 1];
        for (int i = _first[kind]; i < end; i++)
        {
            SafetyProperty property = _watchers[i];
            if (property.Check(in raftEvent, View) is { } message)
            {
                Violation = new Violation(property.Name, message);
                return;
            }
        }

        View.Apply(in raftEvent);
    }
}
