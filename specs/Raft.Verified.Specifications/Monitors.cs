using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The monitors of one run. Each event is first judged by the properties that ask for its kind, against the view before
/// the event. Then the view applies the event. The first violation ends the judgement. View and verdict no longer
/// change, so the view shows the state just before the violating event.
/// </summary>
/// <remarks>
/// The monitors take one event at a time. An exploration runs everything on one thread. If servers run on several
/// threads, wrap the monitors in a <see cref="SynchronizedObserver"/>.
/// </remarks>
public sealed class Monitors : IRaftObserver
{
    private static readonly int KindCount = Enum.GetValues<RaftEventKind>().Length;

    // The properties that judge events of kind k are _watchers[_first[k]] to _watchers[_first[k + 1] - 1].
    private readonly SafetyProperty[] _watchers;
    private readonly int[] _first;

    /// <summary>Starts to watch a run from its beginning.</summary>
    /// <param name="servers">The number of servers, which are named 1 to this number.</param>
    /// <param name="model">
    /// The factory of the state machine's sequential specification; null when there is none.
    /// </param>
    /// <param name="properties">
    /// The properties to check, which no other run may use. Null means <see cref="Properties.CreateAll"/>.
    /// </param>
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

    /// <summary>The state of the cluster after the events so far.</summary>
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
