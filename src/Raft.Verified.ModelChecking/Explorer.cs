using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>One thread of the search: takes the states of a level, one after the other, and finds those that follow from them.</summary>
internal sealed class Explorer
{
    private const int BlockBytes = 1 << 15;
    private readonly ModelBounds _bounds;
    private readonly SearchOptions _options;
    private readonly Search _search;
    private readonly CoreCluster _cluster;
    private readonly ClusterProperties _properties;
    private readonly StatePrints _prints;

    // The state at hand.
    private readonly int[] _locals;
    private readonly LocalInfo[] _infos;
    private readonly List<int>[] _messagesTo;
    private readonly List<int> _messages = [];
    private readonly Fingerprint[] _base;
    private ulong _elected;
    private int _committed;
    private int _served;
    private int _budget;
    private long _number;
    private Fingerprint _print;

    // What follows from it. A message is in the state when its mark is the state's, and in the candidate as well when its mark is the candidate's.
    private int[] _marks = new int[1024];
    private int _stateMark;
    private int _mark;
    private Candidate[] _candidates = new Candidate[64];
    private int _count;
    private int _new;
    private int _countFrom = 1;
    private readonly List<int> _changes = [];
    private LocalInfo _changed = null!;

    // New states for the next level.
    private byte[] _out = new byte[BlockBytes * 2];
    private readonly List<Origin> _origins = [];
    private int _length;
    private byte[] _in = [];
    private int[] _sorted = new int[64];

    public Explorer(Search search)
    {
        _search = search;
        _bounds = search.Bounds;
        _options = search.Options;
        _cluster = search.Cluster;
        _properties = search.Properties;
        _prints = search.Prints;
        _locals = new int[_bounds.Servers];
        _infos = new LocalInfo[_bounds.Servers];
        _messagesTo = [.. Enumerable.Range(0, _bounds.Servers).Select(_ => new List<int>())];
        _base = new Fingerprint[_cluster.Renamings.Length];
    }

    /// <summary>The number of steps that were taken.</summary>
    public long Steps { get; set; }

    /// <summary>The number of states that were expanded.</summary>
    public long Expanded { get; set; }

    /// <summary>Puts the initial state into a level.</summary>
    public void Begin(FrontierLevel level)
    {
        for (int server = 0; server < _bounds.Servers; server++)
        {
            _locals[server] = _cluster.InitialOf(server);
            _infos[server] = _cluster.Local(_locals[server]);
        }

        _budget = _bounds.MaxProposals | (_bounds.MaxCrashes << 8) | (_bounds.MaxCompactions << 16);
        _stateMark = _mark = 1;
        Sum();
        _changes.Clear();
        _count = 0;
        _number = -1;
        _changed = _infos[0];
        Propose(0, _infos[0].Number, new ModelInput(0, ModelAction.Restart, 0).Pack(), elected: 0, committed: 0, served: 0, _budget, start: 0);
        KeepNew();
        CountNew();
        Flush(level);
    }

    /// <summary>Expands the states of a level until none is left, or until the search ends.</summary>
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
                Load(data, ref at);
                _number = block.First + i;
                _count = 0;
                _changes.Clear();
                Expand();
                Expanded++;
                KeepNew();
                if (_search.MustMeet)
                {
                    _search.Meet();
                }

                if (_length > BlockBytes)
                {
                    Flush(to);
                }

                if (_search.Ends)
                {
                    from.GiveBack(data[at..], block.Count - i - 1, block.First + i + 1);
                    break;
                }
            }
        }

        CountNew();
        Flush(to);
    }

    private void Load(ReadOnlySpan<byte> data, ref int at)
    {
        for (int server = 0; server < _locals.Length; server++)
        {
            _locals[server] = (int)StateCode.Read(data, ref at);
            _infos[server] = _cluster.Local(_locals[server]);
            _messagesTo[server].Clear();
        }

        _elected = StateCode.Read(data, ref at);
        _committed = (int)StateCode.Read(data, ref at);
        _served = (int)StateCode.Read(data, ref at);
        _budget = (int)StateCode.Read(data, ref at);
        int count = (int)StateCode.Read(data, ref at);
        NewMark();
        _stateMark = _mark;
        _messages.Clear();
        int message = -1;
        for (int i = 0; i < count; i++)
        {
            message += (int)StateCode.Read(data, ref at) + 1;
            _messages.Add(message);
            _messagesTo[_cluster.Message(message).Receiver].Add(message);
            Mark(message);
        }

        Sum();
    }

    private void Sum()
    {
        for (int renaming = 0; renaming < _base.Length; renaming++)
        {
            Fingerprint sum = _prints.Of(_elected, renaming) + _cluster.PrintOfCommitted(_committed) + _cluster.PrintOfServed(_served) + _prints.OfBudget(_budget);
            foreach (int local in _locals)
            {
                sum += _cluster.PrintOfLocal(local, renaming);
            }

            foreach (int message in _messages)
            {
                sum += _cluster.PrintOfMessage(message, renaming);
            }

            _base[renaming] = sum;
            if (renaming == 0 || sum.IsLessThan(_print))
            {
                _print = sum;
            }
        }
    }

    private void Expand()
    {
        for (int server = 0; server < _infos.Length; server++)
        {
            LocalInfo local = _infos[server];
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

            int parts = (_budget & 0xFF00) == 0 ? -1 : local.Parts;
            for (int part = 0; part <= parts; part++)
            {
                Take(local, ModelAction.Crash, part);
            }

            foreach (int message in _messagesTo[server])
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
        int proposals = _budget & 0xFF;
        if (local.Role == Role.Leader && proposals > 0)
        {
            Take(local, ModelAction.Propose, _bounds.MaxProposals - proposals + 1);
        }

        if (local.TakesReads && local.Round < _bounds.MaxRounds)
        {
            Take(local, ModelAction.Read, _cluster.Committed(_committed).Entries.Length);
        }

        if (_budget >> 16 > 0)
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
            _search.Violate(violation.Property, violation.Message, _number, new ModelInput(local.Server, action, argument));
            return;
        }

        if (step.KeepsLocal)
        {
            // Nothing but messages: in a closed state they have been sent already.
            bool same = _options.EagerClosure || (step.Sent.Length == 0 && step.Served == _served);
            if (same && action is not (ModelAction.Propose or ModelAction.Compact))
            {
                _search.Step(_print, new ModelInput(local.Server, action, argument).Pack(), _print);
                return;
            }
        }

        int budget = _budget - action switch
        {
            ModelAction.Propose => 1,
            ModelAction.Crash => 1 << 8,
            ModelAction.Compact => 1 << 16,
            _ => 0,
        };
        ulong elected = _elected;
        if (step.ElectedIn > 0)
        {
            elected |= 1UL << ((step.ElectedIn * _bounds.Servers) + local.Server);
        }

        _changed = step.KeepsLocal ? local : _cluster.Local(step.After);
        int committed = _cluster.CommittedAfter(_committed, _changed);
        if (step.Served != 0 && !_search.JudgesNothing && ClusterProperties.Reads(_cluster.Served(step.Served)) is { } unread)
        {
            _search.Violate(unread.Property, unread.Message, _number, new ModelInput(local.Server, action, argument));
            return;
        }

        int start = _changes.Count;
        NewMark();
        foreach (int message in step.Sent)
        {
            AddMessage(message);
        }

        if (_options.EagerClosure)
        {
            Close(local, start);
        }

        // Which reads were served is no part of the state when steps are left out: it was judged with the step.
        Propose(local.Server, step.After, new ModelInput(local.Server, action, argument).Pack(), elected, committed, _options.EagerClosure ? 0 : step.Served, budget, start);
    }

    // Takes every step that changes no server, until no more messages come of it.
    private void Close(LocalInfo before, int start)
    {
        LocalInfo after = _changed;
        if (after.IsUp && after != before)
        {
            if (after.Role == Role.Leader && _bounds.Heartbeats)
            {
                Silent(after, ModelAction.HeartbeatTimeout, 0);
            }

            foreach (int message in _messagesTo[after.Server])
            {
                Silent(after, ModelAction.Receive, message);
            }
        }

        for (int i = start; i < _changes.Count; i++)
        {
            int message = _changes[i];
            int receiver = _cluster.Message(message).Receiver;
            LocalInfo local = receiver == after.Server ? after : _infos[receiver];
            if (local.IsUp)
            {
                Silent(local, ModelAction.Receive, message);
            }
        }
    }

    private void Silent(LocalInfo local, ModelAction action, int argument)
    {
        LocalStep step = _cluster.Step(local, action, argument);
        if (step.KeepsLocal && step.Violation is null)
        {
            foreach (int message in step.Sent)
            {
                AddMessage(message);
            }
        }
    }

    private void AddMessage(int message)
    {
        if (message < _marks.Length && (_marks[message] == _stateMark || _marks[message] == _mark))
        {
            return;
        }

        if (_options.DeadReplies)
        {
            MessageInfo info = _cluster.Message(message);
            LocalInfo receiver = info.Receiver == _changed.Server ? _changed : _infos[info.Receiver];
            if (info.IsDeadFor(receiver))
            {
                Verify(receiver, message);
                return;
            }
        }

        Mark(message);
        _changes.Add(message);
    }

    private void Verify(LocalInfo receiver, int message)
    {
        if (!_options.VerifyReductions || !receiver.IsUp)
        {
            return;
        }

        LocalStep step = _cluster.Step(receiver, ModelAction.Receive, message);
        if (!step.KeepsLocal || step.Sent.Length > 0 || step.Violation is not null)
        {
            throw new InvalidOperationException($"{_cluster.Message(message).Message} was left out as a dead reply; S{receiver.Server + 1} does not ignore it");
        }
    }

    private void Propose(int server, int local, uint input, ulong elected, int committed, int served, int budget, int start)
    {
        int added = _changes.Count - start;
        if (_options.DeadReplies)
        {
            foreach (int message in _messagesTo[server])
            {
                if (_cluster.Message(message).IsDeadFor(_changed))
                {
                    Verify(_changed, message);
                    _changes.Add(message);
                }
            }
        }

        if (_count == _candidates.Length)
        {
            Array.Resize(ref _candidates, _count * 2);
        }

        ref Candidate candidate = ref _candidates[_count++];
        candidate.Input = input;
        candidate.Server = server;
        candidate.Local = local;
        candidate.Elected = elected;
        candidate.Committed = committed;
        candidate.Served = served;
        candidate.Budget = budget;
        candidate.Messages = start;
        candidate.Added = added;
        candidate.Removed = _changes.Count - start - added;
        candidate.Print = PrintOf(in candidate);
        if (_number >= 0)
        {
            _search.Step(_print, input, candidate.Print);
        }

        _search.Table.Prefetch(candidate.Print);
    }

    // The least fingerprint under all exchanges of names.
    private Fingerprint PrintOf(in Candidate candidate)
    {
        Fingerprint common = default;
        if (candidate.Committed != _committed)
        {
            common += _cluster.PrintOfCommitted(candidate.Committed) - _cluster.PrintOfCommitted(_committed);
        }

        if (candidate.Served != _served)
        {
            common += _cluster.PrintOfServed(candidate.Served) - _cluster.PrintOfServed(_served);
        }

        if (candidate.Budget != _budget)
        {
            common += _prints.OfBudget(candidate.Budget) - _prints.OfBudget(_budget);
        }

        Fingerprint least = default;
        int before = _locals[candidate.Server];
        for (int renaming = 0; renaming < _base.Length; renaming++)
        {
            Fingerprint sum = _base[renaming] + common + _cluster.PrintOfLocal(candidate.Local, renaming) - _cluster.PrintOfLocal(before, renaming);
            if (candidate.Elected != _elected)
            {
                sum += _prints.Of(candidate.Elected & ~_elected, renaming);
            }

            int at = candidate.Messages;
            for (int end = at + candidate.Added; at < end; at++)
            {
                sum += _cluster.PrintOfMessage(_changes[at], renaming);
            }

            for (int end = at + candidate.Removed; at < end; at++)
            {
                sum -= _cluster.PrintOfMessage(_changes[at], renaming);
            }

            if (renaming == 0 || sum.IsLessThan(least))
            {
                least = sum;
            }
        }

        return least;
    }

    private void KeepNew()
    {
        for (int i = 0; i < _count; i++)
        {
            ref Candidate candidate = ref _candidates[i];
            if (_search.Table.Add(candidate.Print))
            {
                _new++;
                Keep(in candidate);
            }
        }

        if (_new >= _countFrom)
        {
            CountNew();
        }
    }

    private void CountNew()
    {
        _search.Count(_new);
        _new = 0;
        _countFrom = _search.CountFrom;
    }

    private void Keep(in Candidate candidate)
    {
        int before = _locals[candidate.Server];
        _locals[candidate.Server] = candidate.Local;
        (string Property, string Message)? violation = null;
        if (candidate.Elected != _elected && !_search.JudgesNothing)
        {
            violation = _properties.ElectionSafety(candidate.Elected);
        }

        if (!_search.JudgesNothing)
        {
            violation ??= _properties.NamedLeaderHasLed(_cluster.Local(candidate.Local), candidate.Elected) ?? _properties.Check(_locals, candidate.Server, candidate.Committed) ?? OneVotePerTerm(in candidate);
        }

        int count = Merge(in candidate);
        _search.Visit(_locals, in candidate, _sorted.AsSpan(0, count));
        int most = (_locals.Length + 5 + count) * 10;
        if (_out.Length - _length < most)
        {
            Array.Resize(ref _out, (_out.Length * 2) + most);
        }

        foreach (int local in _locals)
        {
            StateCode.Write(_out, ref _length, (uint)local);
        }

        _locals[candidate.Server] = before;
        StateCode.Write(_out, ref _length, candidate.Elected);
        StateCode.Write(_out, ref _length, (uint)candidate.Committed);
        StateCode.Write(_out, ref _length, (uint)candidate.Served);
        StateCode.Write(_out, ref _length, (uint)candidate.Budget);
        StateCode.Write(_out, ref _length, (uint)count);
        int last = -1;
        for (int i = 0; i < count; i++)
        {
            StateCode.Write(_out, ref _length, (uint)(_sorted[i] - last - 1));
            last = _sorted[i];
        }

        _origins.Add(new Origin(_number, candidate.Input));
        if (violation is { } found)
        {
            _search.Violate(found.Property, found.Message, _number, ModelInput.Unpack(candidate.Input));
        }
    }

    // The candidate's messages in order.
    private int Merge(in Candidate candidate)
    {
        int most = _messages.Count + candidate.Added;
        if (_sorted.Length < most)
        {
            _sorted = new int[most * 2];
        }

        int added = candidate.Messages + candidate.Added;
        int count = 0;
        if (candidate.Removed == 0)
        {
            _messages.CopyTo(_sorted);
            count = _messages.Count;
        }
        else
        {
            // Those that are left out stand in the order of the state's messages.
            int removed = added;
            foreach (int message in _messages)
            {
                if (removed < added + candidate.Removed && _changes[removed] == message)
                {
                    removed++;
                    continue;
                }

                _sorted[count++] = message;
            }
        }

        for (int i = candidate.Messages; i < added; i++)
        {
            int message = _changes[i];
            int at = count++;
            for (; at > 0 && _sorted[at - 1] > message; at--)
            {
                _sorted[at] = _sorted[at - 1];
            }

            _sorted[at] = message;
        }

        return count;
    }

    private (string, string)? OneVotePerTerm(in Candidate candidate)
    {
        for (int i = candidate.Messages; i < candidate.Messages + candidate.Added; i++)
        {
            MessageInfo added = _cluster.Message(_changes[i]);
            if (added.VoteFor == 0)
            {
                continue;
            }

            foreach (int message in _messages)
            {
                if (ClusterProperties.OneVotePerTerm(added, _cluster.Message(message)) is { } broken)
                {
                    return broken;
                }
            }

            for (int j = candidate.Messages; j < i; j++)
            {
                if (ClusterProperties.OneVotePerTerm(added, _cluster.Message(_changes[j])) is { } broken)
                {
                    return broken;
                }
            }
        }

        return null;
    }

    private void Flush(FrontierLevel level)
    {
        if (_origins.Count > 0)
        {
            long first = _search.Origins.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_origins));
            level.Add(_out.AsSpan(0, _length), _origins.Count, first);
            _origins.Clear();
            _length = 0;
        }
    }

    private void Mark(int message)
    {
        if (message >= _marks.Length)
        {
            Array.Resize(ref _marks, Math.Max(message + 1, _marks.Length * 2));
        }

        _marks[message] = _mark;
    }

    private void NewMark()
    {
        if (_mark == int.MaxValue - 1)
        {
            // The state's own marks stay the smallest ones.
            for (int i = 0; i < _marks.Length; i++)
            {
                _marks[i] = _marks[i] == _stateMark ? 1 : 0;
            }

            _stateMark = 1;
            _mark = 1;
        }

        _mark++;
    }
}
