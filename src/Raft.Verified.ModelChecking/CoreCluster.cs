using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// Runs the shipping core, one input at a time, on local states as values. Local states and messages are identified by
/// numbers. Each step is taken once and then remembered. Thread-safe.
/// </summary>
internal sealed class CoreCluster
{
    private readonly ModelBounds _bounds;
    private readonly RaftCoreOptions[] _options;
    private readonly Lock _gate = new();
    private readonly Interner<LocalInfo> _locals = new();
    private readonly Interner<MessageInfo> _messages = new();
    private readonly Interner<LogEntry[]> _logs = new();
    private readonly Interner<CommittedHistory> _committed = new();
    private readonly Interner<(int Need, int At)[]> _served = new();
    private readonly SharedList<Fingerprint> _localPrints = new();
    private readonly SharedList<Fingerprint> _messagePrints = new();
    private readonly SharedList<Fingerprint> _committedPrints = new();
    private readonly SharedList<Fingerprint> _servedPrints = new();
    private readonly SharedMap _commits = new();
    private readonly Action<JournalEntry>? _journal;
    private readonly StepProperties _properties;
    private long _realSteps;

    public CoreCluster(ModelBounds bounds, bool symmetry, Action<JournalEntry>? journal = null)
    {
        _bounds = bounds;
        _journal = journal;
        Snapshots = new SnapshotMarks(bounds.Chunks);
        _properties = new StepProperties(this, bounds);
        ServerId[] servers = [.. Enumerable.Range(1, bounds.Servers).Select(i => new ServerId(i))];
        _options = [.. servers.Select(id => new RaftCoreOptions
        {
            Id = id,
            Servers = servers,
            AppendEmptyEntryOnElection = bounds.EmptyEntry,
            MaxEntriesPerAppend = bounds.MaxEntries,
            MaxEntriesInFlight = bounds.MaxInFlight,
            MaxSnapshotChunkBytes = 1,
        })];
        Renamings = symmetry ? Renaming.All(bounds) : [Renaming.None(bounds)];
        NumberOf(new CommittedHistory([], []));
        NumberOf([]);
    }

    /// <summary>The renamings under which states count as one; the first one changes nothing.</summary>
    public Renaming[] Renamings { get; }

    /// <summary>The contents of snapshots.</summary>
    public SnapshotMarks Snapshots { get; }

    /// <summary>The number of servers.</summary>
    public int Servers => _bounds.Servers;

    /// <summary>The number of inputs that were given to the real core.</summary>
    public long RealSteps => Interlocked.Read(ref _realSteps);

    /// <summary>The number of local states found so far.</summary>
    public int LocalCount => _locals.Count;

    /// <summary>The number of messages found so far.</summary>
    public int MessageCount => _messages.Count;

    public LocalInfo Local(int number) => _locals[number];

    public MessageInfo Message(int number) => _messages[number];

    public CommittedHistory Committed(int number) => _committed[number];

    public (int Need, int At)[] Served(int number) => _served[number];

    public Fingerprint PrintOfLocal(int number, int renaming) => _localPrints[(number * Renamings.Length) + renaming];

    public Fingerprint PrintOfMessage(int number, int renaming) => _messagePrints[(number * Renamings.Length) + renaming];

    public Fingerprint PrintOfCommitted(int number) => _committedPrints[number];

    public Fingerprint PrintOfServed(int number) => _servedPrints[number];

    /// <summary>
    /// Returns the entries of the history with the given number, see <see cref="LocalInfo.History"/>.
    /// </summary>
    public LogEntry[] Log(int number) => _logs[number];

    /// <summary>
    /// Returns the number of the first local state of a server: its core was created, but not started.
    /// </summary>
    public int InitialOf(int server)
    {
        lock (_gate)
        {
            return NumberOf(server, new LocalState(NewCore(server), DiskState.Empty, [], [], []));
        }
    }

    /// <summary>Returns the core of a server that was created, but not started.</summary>
    public CoreState NewCore(int server) => new RaftCore(_options[server], DurableState.Empty, NullRaftObserver.Instance).Capture();

    /// <summary>Returns the outcome of a step. The core runs only the first time.</summary>
    public LocalStep Step(LocalInfo local, ModelAction action, int argument)
    {
        ModelInput input = new(local.Server, action, argument);
        return local.Steps.Find(input.Key) ?? Run(local, input);
    }

    /// <summary>Returns the number of the committed history after a server has reached a local state.</summary>
    public int CommittedAfter(int committed, LocalInfo local)
    {
        CommittedHistory before = _committed[committed];
        if (local.CommitIndex <= before.Entries.Length || local.History < 0)
        {
            return committed;
        }

        ulong key = ((ulong)(uint)committed << 32) | (uint)local.Number;
        if (!_commits.TryGet(key, out long number))
        {
            LogEntry[] history = _logs[local.History];
            int more = local.CommitIndex - before.Entries.Length;
            lock (_gate)
            {
                number = NumberOf(new CommittedHistory(
                    [.. before.Entries, .. history.AsSpan(before.Entries.Length, more)], [.. before.Terms, .. Enumerable.Repeat(new Term(local.Term), more)]));
                _journal?.Invoke(new JournalEntry(committed, local.Number, 0));
            }

            _commits.Add(key, number);
        }

        return (int)number;
    }

    /// <summary>
    /// Returns all entries of a server's history: those that its snapshot replaces, and those of its log. Null when the
    /// chunks of the snapshot do not belong together.
    /// </summary>
    public LogEntry[]? HistoryOf(CoreState core) => Snapshots.HistoryOf(core.Snapshot) is { } prefix ? [.. prefix, .. core.Entries] : null;

    private LocalStep Run(LocalInfo local, ModelInput input)
    {
        // A compaction creates the mark of its snapshot. One lock covers the mark and the numbers of the step, so that
        // a resumed search gives the same ones.
        if (input.Action == ModelAction.Compact)
        {
            lock (_gate)
            {
                return local.Steps.Find(input.Key) ?? Remember(local, input, Take(local, input));
            }
        }

        TakenStep taken = Take(local, input);
        lock (_gate)
        {
            return local.Steps.Find(input.Key) ?? Remember(local, input, taken);
        }
    }

    private TakenStep Take(LocalInfo local, ModelInput input)
    {
        LocalState before = local.State;
        if (input.Action == ModelAction.Crash)
        {
            return new TakenStep { Input = input, Before = before, After = LocalState.Down(before.Disk.Write(before.Pending, input.Argument)) };
        }

        StepRun run = new(this, _options[input.Server], before);
        try
        {
            run.Take(input, _bounds.AsyncDisk);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            (string, string) fault = (nameof(NoFault), $"{_options[input.Server].Id} fails at {input.Action}: {exception.GetType().Name}: {exception.Message}");
            return new TakenStep { Input = input, Before = before, After = before, Violation = fault };
        }

        TakenStep taken = run.Taken(input);
        return taken with { Violation = _properties.Check(taken) };
    }

    private LocalStep Remember(LocalInfo local, ModelInput input, TakenStep taken)
    {
        _realSteps++;
        _journal?.Invoke(new JournalEntry(-1, local.Number, input.Pack()));
        int after = NumberOf(input.Server, taken.After);
        LocalInfo now = _locals[after];
        bool elected = now is { IsUp: true, Role: Role.Leader } && !(local is { IsUp: true, Role: Role.Leader } && local.Term == now.Term);
        LocalStep step = new()
        {
            After = after,
            KeepsLocal = after == local.Number,
            Sent = [.. taken.Sent.Select(NumberOf).Distinct().Order()],
            Served = NumberOf(taken.Served),
            ElectedIn = elected ? now.Term : 0,
            Violation = taken.Violation,
        };
        local.Steps.Add(input.Key, step);
        return step;
    }

    private int NumberOf(int server, LocalState local) => _locals.NumberOf(local.ToBytes(server), () =>
    {
        for (int i = 0; i < Renamings.Length; i++)
        {
            _localPrints.Add(Fingerprint.Of(i == 0 ? local.ToBytes(server) : local.Renamed(Renamings[i]).ToBytes(Renamings[i].PlaceOf(server))));
        }

        return new LocalInfo(_locals.Count, server, local, local.Core is { } core && HistoryOf(core) is { } history ? NumberOfLog(history) : -1);
    });

    private int NumberOf(Message message) => _messages.NumberOf(BytesOf(message), () =>
    {
        for (int i = 0; i < Renamings.Length; i++)
        {
            _messagePrints.Add(Fingerprint.Of([0xFF, .. BytesOf(Renamings[i].Of(message))]));
        }

        return new MessageInfo(message);
    });

    private static byte[] BytesOf(Message message)
    {
        StateWriter writer = new();
        writer.Message(message);
        return writer.ToArray();
    }

    private int NumberOf(CommittedHistory history)
    {
        StateWriter writer = new();
        writer.Entries(history.Entries);
        foreach (Term term in history.Terms)
        {
            writer.Number(term.Value);
        }

        byte[] bytes = writer.ToArray();
        return _committed.NumberOf(bytes, () =>
        {
            _committedPrints.Add(Fingerprint.Of([0xFE, .. bytes]));
            return history;
        });
    }

    private int NumberOf((int Need, int At)[] served)
    {
        StateWriter writer = new();
        foreach ((int need, int at) in served)
        {
            writer.Number(need);
            writer.Number(at);
        }

        byte[] bytes = writer.ToArray();
        return _served.NumberOf(bytes, () =>
        {
            _servedPrints.Add(Fingerprint.Of([0xFD, .. bytes]));
            return served;
        });
    }

    private int NumberOfLog(LogEntry[] history) => _logs.NumberOf(BytesOf(history), () => history);

    private static byte[] BytesOf(LogEntry[] history)
    {
        StateWriter writer = new();
        writer.Entries(history);
        return writer.ToArray();
    }
}
