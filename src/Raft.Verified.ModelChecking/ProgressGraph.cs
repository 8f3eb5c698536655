using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The graph of all states and steps of a small model, to check that progress stays possible. Three goals must be
/// reachable without another crash: a leader, a newly committed entry, and every server caught up. A state from which a
/// required goal is not reachable is a deadlock of the protocol.
/// </summary>
/// <remarks>
/// A leader and a commit are required only where another election can begin within the bounds: a term is left, and
/// every server may stand. Otherwise the bounds would end the path, not the protocol. Both goals are also required
/// without the help of any one server, except under symmetry, where servers change names from state to state. Caught-up
/// servers are required where all servers are up and have a leader of the newest term, in models with heartbeats.
/// </remarks>
internal sealed class ProgressGraph(ModelBounds bounds, bool symmetry)
{
    private readonly Dictionary<Fingerprint, int> _numbers = [];
    private readonly List<Node> _nodes = [];
    private readonly List<Edge> _steps = [];
    private readonly List<(int Parent, uint Input)> _origins = [];

    /// <summary>Adds a new state.</summary>
    public void Visit(CoreCluster cluster, ClusterState state, Fingerprint print)
    {
        int newest = 0;
        int committed = cluster.Committed(state.Committed).Entries.Length;
        bool areCaughtUp = true;
        bool areUp = true;
        for (int server = 0; server < bounds.Servers; server++)
        {
            LocalInfo local = cluster.Local(state.Local(server));
            newest = Math.Max(newest, Math.Max(local.Term, local.DurableTerm));
            areUp &= local.IsUp;
            areCaughtUp &= local.IsUp && local.CommitIndex == committed && local.LastApplied == committed;
        }

        bool isLed = false;
        for (int server = 0; server < bounds.Servers; server++)
        {
            LocalInfo local = cluster.Local(state.Local(server));
            isLed |= local is { IsUp: true, Role: Role.Leader } && local.Term == newest;
        }

        int number = NumberOf(print);
        _nodes[number] = new Node(committed, isLed, areUp, areCaughtUp, newest < bounds.MaxTerm, (state.Budget & 0xFF) > 0);
    }

    /// <summary>Adds a step.</summary>
    public void Step(Fingerprint from, ModelInput input, Fingerprint to)
    {
        int known = _numbers.Count;
        int start = NumberOf(from);
        int end = NumberOf(to);
        if (end >= known)
        {
            _origins[end] = (start, input.Pack());
        }

        if (input.Action != ModelAction.Crash && start != end)
        {
            _steps.Add(new Edge(start, end, (byte)input.Server, input.Action == ModelAction.ElectionTimeout));
        }
    }

    /// <summary>
    /// Returns the first state from which progress is impossible, with the violated property and a message; null for
    /// none.
    /// </summary>
    public (string Property, string Message, int State)? Check()
    {
        bool anyStands = Enumerable.Range(0, bounds.Servers).All(server => bounds.MayStand(server, 1) && bounds.MayStand(server, 2));
        return (anyStands ? Elections(_ => true, "although no server crashes again") : null)
            ?? (anyStands ? WithoutOne() : null)
            ?? UnderOneLeader();
    }

    // Any server may stand in the next term, so only the votes of the others decide whether a leader can be elected.
    private (string Property, string Message, int State)? Elections(Func<Edge, bool> isAllowed, string although)
    {
        // A new leader can commit its empty entry. A single server that leads never stands again.
        bool hasMore = bounds.EmptyEntry && bounds.Servers > 1;
        return FirstStuck(node => node.IsLed, (_, _) => false, node => node.CanElect, isAllowed) is { } leaderless
            ? ("LeaderElected", $"no leader can be elected from here, {although}", leaderless)
            : FirstStuck(_ => false, (from, to) => to.Committed > from.Committed, node => node.CanElect && (hasMore || node.CanPropose), isAllowed) is { } stuck
            ? ("EveryOperationAnswered", $"nothing can be committed from here, {although}", stuck)
            : null;
    }

    // A majority is enough: all others must make progress without the help of any one server.
    private (string Property, string Message, int State)? WithoutOne()
    {
        for (int server = 0; server < bounds.Servers && bounds.Servers > 2 && !symmetry; server++)
        {
            if (Elections(step => step.Server != server, $"although only S{server + 1} takes no more steps") is { } stuck)
            {
                return stuck;
            }
        }

        return null;
    }

    // A leader of the newest term brings all servers up to date, without another election.
    private (string Property, string Message, int State)? UnderOneLeader() =>
        bounds.Heartbeats
        && FirstStuck(node => node.AreCaughtUp, (_, _) => false, node => node.IsLed && node.AreUp && (bounds.EmptyEntry || node.CanPropose), step => !step.IsElection) is { } behind
            ? ("EveryServerCaughtUp", "the leader cannot bring every server up to date from here, although no server crashes or stands for election again", behind)
            : null;

    /// <summary>Returns the steps of the search that lead to a state.</summary>
    public List<ModelInput> WayTo(int state)
    {
        List<ModelInput> steps = [];
        for (; _origins[state].Parent >= 0; state = _origins[state].Parent)
        {
            steps.Add(ModelInput.Unpack(_origins[state].Input));
        }

        steps.Reverse();
        return steps;
    }

    private int? FirstStuck(Func<Node, bool> isGoal, Func<Node, Node, bool> isGoalStep, Func<Node, bool> isAsked, Func<Edge, bool> isAllowed)
    {
        // The steps in reverse, grouped by the state that they lead to.
        int[] starts = new int[_nodes.Count + 1];
        foreach (Edge step in _steps)
        {
            starts[step.To + 1]++;
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] sources = new int[_steps.Count];
        int[] filled = [.. starts];
        bool[] reaches = new bool[_nodes.Count];
        Queue<int> queue = new();
        foreach (Edge step in _steps)
        {
            bool counts = isAllowed(step);
            sources[filled[step.To]++] = counts ? step.From : step.To;
            if (counts && isGoalStep(_nodes[step.From], _nodes[step.To]))
            {
                Reach(step.From);
            }
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            if (isGoal(_nodes[i]))
            {
                Reach(i);
            }
        }

        while (queue.TryDequeue(out int state))
        {
            for (int i = starts[state]; i < starts[state + 1]; i++)
            {
                Reach(sources[i]);
            }
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            if (!reaches[i] && isAsked(_nodes[i]))
            {
                return i;
            }
        }

        return null;

        void Reach(int state)
        {
            if (!reaches[state])
            {
                reaches[state] = true;
                queue.Enqueue(state);
            }
        }
    }

    private int NumberOf(Fingerprint print)
    {
        if (!_numbers.TryGetValue(print, out int number))
        {
            number = _nodes.Count;
            _numbers.Add(print, number);
            _nodes.Add(default);
            _origins.Add((-1, 0));
        }

        return number;
    }

    /// <summary>A step that is not a crash.</summary>
    private readonly record struct Edge(int From, int To, byte Server, bool IsElection);

    /// <summary>The properties of a state that the check reads.</summary>
    private readonly record struct Node(int Committed, bool IsLed, bool AreUp, bool AreCaughtUp, bool CanElect, bool CanPropose);
}
