using System.Diagnostics;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// Visits every state that the shipping core can reach within bounds, breadth first, so that the first violation found is one of the shortest. The network is
/// the set of all messages ever sent: what is lost is never received, what is repeated is received again, and the order is any.
/// </summary>
public sealed class ModelChecker
{
    private readonly ModelBounds _bounds;
    private readonly CoreCluster _cluster;
    private readonly ClusterProperties _properties;
    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<(int[] State, int Number, int Depth)> _frontier = new();
    private readonly List<(int Parent, long Input)> _origins = [];
    private readonly Interner<CommittedHistory> _histories = new();
    private readonly Interner<(int Need, int At)[]> _served = new();
    private readonly Dictionary<(int History, int Local), int> _committed = [];
    private long _steps;
    private int _depth;
    private ModelViolation? _violation;

    /// <summary>Prepares a check.</summary>
    /// <param name="bounds">What is checked, and how far.</param>
    /// <exception cref="ArgumentException">A bound is out of its range.</exception>
    public ModelChecker(ModelBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        bounds.Validate();
        _bounds = bounds;
        _cluster = new CoreCluster(bounds);
        _properties = new ClusterProperties(_cluster, bounds);
    }

    /// <summary>The most states to visit; more end the check before it is complete. Default: no limit.</summary>
    public long MaxStates { get; init; } = long.MaxValue;

    /// <summary>Called now and then with what has been reached; null for nobody.</summary>
    public Action<ModelReport>? Progress { get; init; }

    /// <summary>Called once for each state, when it is visited; null for nobody.</summary>
    internal Action<ClusterState>? Visited { get; init; }

    /// <summary>Called for each step, with the states before and after it, those that lead to a known state included; null for nobody.</summary>
    internal Action<ClusterState, ModelInput, ClusterState>? Stepped { get; init; }

    /// <summary>Whether the check goes on where a property does not hold: for a look at the states alone.</summary>
    internal bool JudgesNothing { get; init; }

    /// <summary>The servers and messages that states consist of.</summary>
    internal CoreCluster Cluster => _cluster;

    /// <summary>Checks the model.</summary>
    /// <param name="stop">Ends the check early.</param>
    public ModelReport Run(CancellationToken stop = default)
    {
        Stopwatch time = Stopwatch.StartNew();
        long reported = 0;
        Visit(Initial(), parent: -1, input: 0, depth: 1);
        while (_violation is null && _seen.Count <= MaxStates && !stop.IsCancellationRequested && _frontier.TryDequeue(out (int[] State, int Number, int Depth) next))
        {
            Expand(new ClusterState(next.State, _bounds.Servers), next.Number, next.Depth);
            if (Progress is not null && time.ElapsedMilliseconds - reported > 2000)
            {
                reported = time.ElapsedMilliseconds;
                Progress(Report(time, complete: false));
            }
        }

        return Report(time, complete: _frontier.Count == 0 && _violation is null);
    }

    /// <summary>What is committed in a state.</summary>
    internal CommittedHistory CommittedIn(ClusterState state) => _histories[state.Committed];

    /// <summary>The reads that the step to a state has served.</summary>
    internal (int Need, int At)[] ServedIn(ClusterState state) => _served[state.Served];

    private ModelReport Report(Stopwatch time, bool complete) => new()
    {
        Bounds = _bounds,
        States = _seen.Count,
        Steps = _steps,
        Depth = _depth,
        RealSteps = _cluster.RealSteps,
        IsComplete = complete,
        Seconds = time.Elapsed.TotalSeconds,
        Violation = _violation,
    };

    private ClusterState Initial()
    {
        ClusterState state = new(new int[ClusterState.HeadLength(_bounds.Servers)], _bounds.Servers);
        for (int server = 0; server < _bounds.Servers; server++)
        {
            state.Numbers[server] = _cluster.InitialOf(server);
        }

        state.Committed = NumberOf(new CommittedHistory([], []));
        state.Served = NumberOf([]);
        state.Budget = _bounds.MaxProposals | (_bounds.MaxCrashes << 8) | (_bounds.MaxCompactions << 16);
        return state;
    }

    private void Expand(ClusterState state, int number, int depth)
    {
        for (int server = 0; server < _bounds.Servers && _violation is null; server++)
        {
            LocalState local = _cluster.Locals[state.Local(server)];
            if (local.Core is not { } core)
            {
                Take(state, number, depth, new ModelInput(server, ModelAction.Restart, 0));
                continue;
            }

            ExpandTimers(state, number, depth, server, core);
            ExpandClients(state, number, depth, server, core);
            for (int writes = 1; writes <= local.Pending.Length; writes++)
            {
                Take(state, number, depth, new ModelInput(server, ModelAction.WriteCompleted, writes));
            }

            int parts = (state.Budget & 0xFF00) == 0 ? -1 : local.Pending.Sum(DiskState.PartsOf);
            for (int part = 0; part <= parts; part++)
            {
                Take(state, number, depth, new ModelInput(server, ModelAction.Crash, part));
            }
        }

        foreach (int message in state.Messages)
        {
            int receiver = _cluster.Messages[message].To.Value - 1;
            if (_violation is null && _cluster.Locals[state.Local(receiver)].Core is not null)
            {
                Take(state, number, depth, new ModelInput(receiver, ModelAction.Receive, message));
            }
        }
    }

    private void ExpandTimers(ClusterState state, int number, int depth, int server, CoreState core)
    {
        bool stands = _bounds.MayStand(server, core.CurrentTerm.Value + 1);
        if (stands && core.Role != Role.Leader && core.CurrentTerm.Value < _bounds.MaxTerm)
        {
            Take(state, number, depth, new ModelInput(server, ModelAction.ElectionTimeout, 0));
        }

        if (core.Role == Role.Leader && _bounds.Heartbeats)
        {
            Take(state, number, depth, new ModelInput(server, ModelAction.HeartbeatTimeout, 0));
        }
    }

    private void ExpandClients(ClusterState state, int number, int depth, int server, CoreState core)
    {
        int proposals = state.Budget & 0xFF;
        if (core.Role == Role.Leader && proposals > 0)
        {
            Take(state, number, depth, new ModelInput(server, ModelAction.Propose, _bounds.MaxProposals - proposals + 1));
        }

        long last = (core.Snapshot?.LastIncludedIndex.Value ?? 0) + core.Entries.Count;
        if (core.Role == Role.Leader && core.Round.Value < _bounds.MaxRounds && last >= core.TermStart.Value)
        {
            Take(state, number, depth, new ModelInput(server, ModelAction.Read, _histories[state.Committed].Entries.Length));
        }

        if (state.Budget >> 16 > 0)
        {
            for (long index = (core.Snapshot?.LastIncludedIndex.Value ?? 0) + 1; index <= core.LastApplied.Value; index++)
            {
                Take(state, number, depth, new ModelInput(server, ModelAction.Compact, (int)index));
            }
        }
    }

    private void Take(ClusterState state, int number, int depth, ModelInput input)
    {
        _steps++;
        LocalStep step = _cluster.Step(state.Local(input.Server), input);
        ClusterState next = state.With(input.Server, step.After, step.Sent);
        next.Budget -= input.Action switch
        {
            ModelAction.Propose => 1,
            ModelAction.Crash => 1 << 8,
            ModelAction.Compact => 1 << 16,
            _ => 0,
        };
        next.Served = step.Served.Length == 0 ? 0 : NumberOf(step.Served);
        if (_cluster.Locals[step.After].Core is { } after)
        {
            NoteHistory(next, input.Server, _cluster.Locals[state.Local(input.Server)].Core, after, step.After);
        }

        if (!JudgesNothing && step.Violation is { } violation)
        {
            Violate(violation.Property, violation.Message, number, input);
            return;
        }

        Stepped?.Invoke(state, input, next);
        Visit(next, number, input.Pack(), depth + 1);
    }

    private void NoteHistory(ClusterState next, int server, CoreState? before, CoreState after, int local)
    {
        if (after.Role == Role.Leader && (before is null || before.Role != Role.Leader || before.CurrentTerm != after.CurrentTerm))
        {
            next.Elected |= 1UL << (int)((after.CurrentTerm.Value * _bounds.Servers) + server);
        }

        CommittedHistory committed = _histories[next.Committed];
        if (after.CommitIndex.Value <= committed.Entries.Length || _cluster.HistoryOf(after) is not { } history)
        {
            return;
        }

        if (!_committed.TryGetValue((next.Committed, local), out int number))
        {
            int more = (int)after.CommitIndex.Value - committed.Entries.Length;
            number = NumberOf(new CommittedHistory(
                [.. committed.Entries, .. history.AsSpan(committed.Entries.Length, more)], [.. committed.Terms, .. Enumerable.Repeat(after.CurrentTerm, more)]));
            _committed.Add((next.Committed, local), number);
        }

        next.Committed = number;
    }

    private void Visit(ClusterState state, int parent, long input, int depth)
    {
        if (!_seen.Add(state.Fingerprint()))
        {
            return;
        }

        Visited?.Invoke(state);
        _depth = Math.Max(_depth, depth);
        int number = _origins.Count;
        _origins.Add((parent, input));
        _frontier.Enqueue((state.Numbers, number, depth));
        if (!JudgesNothing && _properties.Check(state, _histories[state.Committed], _served[state.Served]) is { } violation)
        {
            _violation = new ModelViolation(violation.Property, violation.Message, WayTo(number));
        }
    }

    private void Violate(string property, string message, int from, ModelInput last) =>
        _violation ??= new ModelViolation(property, message, [.. WayTo(from), Describe(last)]);

    private List<string> WayTo(int number)
    {
        List<string> steps = [];
        for (; _origins[number].Parent >= 0; number = _origins[number].Parent)
        {
            steps.Add(Describe(ModelInput.Unpack(_origins[number].Input)));
        }

        steps.Reverse();
        return steps;
    }

    private string Describe(ModelInput input)
    {
        ServerId server = new(input.Server + 1);
        return input.Action switch
        {
            ModelAction.Receive => $"{server} receives from {_cluster.Messages[input.Argument].From}: {_cluster.Messages[input.Argument]}",
            ModelAction.Propose => $"{server} is asked for command {input.Argument}",
            ModelAction.Compact => $"{server} compacts its log up to {input.Argument}",
            ModelAction.Read => $"{server} is asked to read",
            ModelAction.WriteCompleted => $"{server}: the disk holds the first {(input.Argument == 1 ? "write" : $"{input.Argument} writes")}",
            ModelAction.Crash => $"{server} crashes; the disk holds the first {input.Argument} parts of its writes",
            ModelAction.Restart => $"{server} restarts",
            ModelAction.ElectionTimeout => $"{server}: the election timer runs out",
            _ => $"{server}: the heartbeat timer runs out",
        };
    }

    private int NumberOf(CommittedHistory history)
    {
        StateWriter writer = new();
        writer.Entries(history.Entries);
        foreach (Term term in history.Terms)
        {
            writer.Number(term.Value);
        }

        return _histories.NumberOf(history, writer.ToArray());
    }

    private int NumberOf((int Need, int At)[] served)
    {
        StateWriter writer = new();
        foreach ((int need, int at) in served)
        {
            writer.Number(need);
            writer.Number(at);
        }

        return _served.NumberOf(served, writer.ToArray());
    }
}
