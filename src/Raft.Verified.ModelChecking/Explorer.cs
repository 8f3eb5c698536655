using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// One thread of the search. It takes the states of a level one by one and tries every step from each of them.
/// </summary>
internal sealed class Explorer
{
    private readonly ModelBounds _bounds;
    private readonly SearchOptions _options;
    private readonly Search _search;
    private readonly CoreCluster _cluster;
    private readonly StateAtHand _state;
    private readonly Candidates _candidates;
    private readonly NewStates _newStates;
    private byte[] _in = [];

    public Explorer(Search search)
    {
        _search = search;
        _bounds = search.Bounds;
        _options = search.Options;
        _cluster = search.Cluster;
        _state = new StateAtHand(search);
        _candidates = new Candidates(search, _state);
        _newStates = new NewStates(search, _state, _candidates);
    }

    /// <summary>The number of steps taken so far.</summary>
    public long Steps { get; set; }

    /// <summary>The number of states expanded so far.</summary>
    public long Expanded { get; set; }

    /// <summary>Adds the initial state to a level.</summary>
    public void Begin(FrontierLevel level)
    {
        _state.Begin(_bounds);
        _candidates.Clear();
        ref Candidate candidate = ref _candidates.Begin(new ModelInput(0, ModelAction.Restart, 0).Pack(), _state.Infos[0]);
        candidate.Budget = _state.Budget;
        _candidates.Complete();
        _newStates.KeepNew();
        _newStates.CountNew();
        _newStates.Flush(level);
    }

    /// <summary>Expands the states of a level until none is left or the search ends.</summary>
    /// <param name="from">The level whose states are expanded.</param>
    /// <param name="to">The level that takes the new states.</param>
    public void Run(FrontierLevel from, FrontierLevel to)
    {
        try
        {
            RunLevel(from, to);
        }
        finally
        {
            _search.Leave();
        }
    }

    private void RunLevel(FrontierLevel from, FrontierLevel to)
    {
        while (!_search.Ends && from.TryTake(out FrontierBlock block, ref _in, out ReadOnlySpan<byte> data))
        {
            int at = 0;
            for (int i = 0; i < block.Count; i++)
            {
                _state.Load(block.First + i, data, ref at);
                _candidates.Clear();
                Expand();
                Expanded++;
                _newStates.KeepNew();
                if (_search.MustMeet)
                {
                    _search.Meet();
                }

                if (_newStates.FillBlock)
                {
                    _newStates.Flush(to);
                }

                if (_search.Ends)
                {
                    from.GiveBack(data[at..], block.Count - i - 1, block.First + i + 1);
                    break;
                }
            }
        }

        _newStates.CountNew();
        _newStates.Flush(to);
    }

    private void Expand()
    {
        LocalInfo[] locals = _state.Infos;
        for (int server = 0; server < locals.Length; server++)
        {
            LocalInfo local = locals[server];
            if (!local.IsUp)
            {
                Take(local, ModelAction.Restart, 0);
                continue;
            }

            ExpandTimers(local);
            ExpandClients(local);
            for (int writes = 1; writes <= local.State.Pending.Length; writes++)
            {
                Take(local, ModelAction.WriteCompleted, writes);
            }

            int parts = (_state.Budget & 0xFF00) == 0 ? -1 : local.Parts;
            for (int part = 0; part <= parts; part++)
            {
                Take(local, ModelAction.Crash, part);
            }

            foreach (int message in _state.MessagesTo[server])
            {
                Take(local, ModelAction.Receive, message);
            }
        }
    }

    private void ExpandTimers(LocalInfo local)
    {
        if (_bounds.MayStand(local.Server, local.Term + 1) && local.Role != Role.Leader && local.Term < _bounds.MaxTerm)
        {
            Take(local, ModelAction.ElectionTimeout, 0);
        }

        if (local.Role == Role.Leader && _bounds.Heartbeats)
        {
            Take(local, ModelAction.HeartbeatTimeout, 0);
        }
    }

    private void ExpandClients(LocalInfo local)
    {
        int proposals = _state.Budget & 0xFF;
        if (local.Role == Role.Leader && proposals > 0)
        {
            Take(local, ModelAction.Propose, _bounds.MaxProposals - proposals + 1);
        }

        if (local.TakesReads && local.Round < _bounds.MaxRounds)
        {
            Take(local, ModelAction.Read, _cluster.Committed(_state.Committed).Entries.Length);
        }

        if (_state.Budget >> 16 > 0)
        {
            for (int index = local.SnapshotIndex + 1; index <= local.LastApplied; index++)
            {
                Take(local, ModelAction.Compact, index);
            }
        }
    }

    private void Take(LocalInfo local, ModelAction action, int argument)
    {
        LocalStep step = _cluster.Step(local, action, argument);
        Steps++;
        if (step.Violation is { } violation && !_search.JudgesNothing)
        {
            _search.Violate(violation.Property, violation.Message, _state.Number, new ModelInput(local.Server, action, argument));
            return;
        }

        if (step.KeepsLocal)
        {
            // The step only sends messages. In a closed state they have already been sent.
            bool same = _options.EagerClosure || (step.Sent.Length == 0 && step.Served == _state.Served);
            if (same && action is not (ModelAction.Propose or ModelAction.Compact))
            {
                _search.Step(_state.Print, new ModelInput(local.Server, action, argument).Pack(), _state.Print);
                return;
            }
        }

        if (step.Served != 0 && !_search.JudgesNothing && ClusterProperties.Reads(_cluster.Served(step.Served)) is { } unread)
        {
            _search.Violate(unread.Property, unread.Message, _state.Number, new ModelInput(local.Server, action, argument));
            return;
        }

        AddCandidate(local, action, argument, step);
    }

    private void AddCandidate(LocalInfo local, ModelAction action, int argument, LocalStep step)
    {
        LocalInfo changed = step.KeepsLocal ? local : _cluster.Local(step.After);
        ref Candidate candidate = ref _candidates.Begin(new ModelInput(local.Server, action, argument).Pack(), changed);
        candidate.Elected = step.ElectedIn > 0 ? _state.Elected | (1UL << ((step.ElectedIn * _bounds.Servers) + local.Server)) : _state.Elected;
        candidate.Committed = _cluster.CommittedAfter(_state.Committed, changed);

        // With the eager closure, the served reads are not part of the state: they were judged with the step.
        candidate.Served = _options.EagerClosure ? 0 : step.Served;
        candidate.Budget = _state.Budget - action switch
        {
            ModelAction.Propose => 1,
            ModelAction.Crash => 1 << 8,
            ModelAction.Compact => 1 << 16,
            _ => 0,
        };
        _candidates.Send(step.Sent);
        if (_options.EagerClosure)
        {
            _candidates.Close(local);
        }

        _candidates.Complete();
    }
}
