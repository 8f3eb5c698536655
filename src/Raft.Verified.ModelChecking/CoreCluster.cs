using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// Runs the shipping core, one input at a time, on local states as values. One server of the cluster is one number here; so is one message. A step that was
/// taken once is remembered.
/// </summary>
internal sealed class CoreCluster
{
    private readonly ModelBounds _bounds;
    private readonly RaftCoreOptions[] _options;
    private readonly Dictionary<(int Local, long Input), LocalStep> _steps = [];
    private readonly Interner<LogEntry[]> _histories = new();

    public CoreCluster(ModelBounds bounds)
    {
        _bounds = bounds;
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
    }

    /// <summary>All local states met so far.</summary>
    public Interner<LocalState> Locals { get; } = new();

    /// <summary>All messages met so far.</summary>
    public Interner<Message> Messages { get; } = new();

    /// <summary>How many inputs the real core was given.</summary>
    public long RealSteps { get; private set; }

    /// <summary>The local state in which a server begins: as a core that was made and has not been started.</summary>
    public int InitialOf(int server) => Intern(new LocalState(
        new RaftCore(_options[server], DurableState.Empty, NullObserver.Instance).Capture(), DiskState.Empty, [], [], []));

    /// <summary>What an input does to a server.</summary>
    public LocalStep Step(int local, ModelInput input)
    {
        (int, long) key = (local, input.Pack());
        if (!_steps.TryGetValue(key, out LocalStep? step))
        {
            step = Run(Locals[local], input);
            _steps.Add(key, step);
        }

        return step;
    }

    /// <summary>All entries of a server's history: those that its snapshot stands for, and those behind it. Null when the snapshot is no server's state.</summary>
    public LogEntry[]? HistoryOf(CoreState core) => HistoryOf(core.Snapshot) is { } prefix ? [.. prefix, .. core.Entries] : null;

    /// <summary>The entries that a snapshot stands for; null when its bytes are of several.</summary>
    public LogEntry[]? HistoryOf(Snapshot? snapshot)
    {
        if (snapshot is null)
        {
            return [];
        }

        ReadOnlySpan<byte> data = snapshot.Data.Span;
        int half = data.Length / _bounds.Chunks;
        byte[] first = data[..half].ToArray();
        for (int chunk = 1; chunk < _bounds.Chunks; chunk++)
        {
            if (!data.Slice(chunk * half, half).SequenceEqual(first))
            {
                return null;
            }
        }

        return data.Length == _bounds.Chunks ? _histories[first[0]] : null;
    }

    /// <summary>The history of a number, which is what every byte of a snapshot is.</summary>
    internal LogEntry[] HistoryOf(byte number) => _histories[number];

    private int Intern(LocalState local) => Locals.NumberOf(local, local.ToBytes());

    private int Intern(Message message)
    {
        StateWriter writer = new();
        writer.Message(message);
        return Messages.NumberOf(message, writer.ToArray());
    }

    private LocalStep Run(LocalState before, ModelInput input)
    {
        RealSteps++;
        if (input.Action == ModelAction.Crash)
        {
            return new LocalStep(Intern(LocalState.Down(before.Disk.Write(before.Pending, input.Argument))), [], [], null);
        }

        StepRun run = new(this, _options[input.Server], before);
        try
        {
            run.Take(input, _bounds.AsyncDisk);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            return new LocalStep(Intern(before), [], [], ("NoFault", $"{_options[input.Server].Id} fails at {input.Action}: {exception.GetType().Name}: {exception.Message}"));
        }

        LocalState after = run.After();
        return new LocalStep(Intern(after), run.Sent(), run.Served(), StepProperties.Check(this, before, after, run.SentMessages));
    }

    private byte[] DataOf(LogEntry[] history)
    {
        StateWriter writer = new();
        writer.Entries(history);
        int number = _histories.NumberOf(history, writer.ToArray());
        byte[] data = new byte[_bounds.Chunks];
        Array.Fill(data, checked((byte)number));
        return data;
    }

    /// <summary>One step under way.</summary>
    private sealed class StepRun(CoreCluster cluster, RaftCoreOptions options, LocalState before)
    {
        private readonly List<DurableWrite> _pending = [.. before.Pending];
        private readonly List<(Message Message, long After)> _held = [.. before.Held.Select(held => (cluster.Messages[held.Message], (long)held.After))];
        private readonly List<(ReadRequest? Request, int Need)> _reads = [.. before.Needs.Select(need => ((ReadRequest?)null, need))];
        private readonly List<(int Need, int At)> _served = [];
        private RaftCore _core = null!;
        private DiskState _disk = before.Disk;
        private long _completed;

        public List<Message> SentMessages { get; } = [];

        public void Take(ModelInput input, bool asyncDisk)
        {
            if (input.Action == ModelAction.Restart)
            {
                _core = new RaftCore(options, _disk.Load(), NullObserver.Instance);
                Perform(_core.Start());
            }
            else
            {
                _core = RaftCore.Restore(options, before.Core!, NullObserver.Instance);
                Act(input);
            }

            while (!asyncDisk && _pending.Count > 0)
            {
                Complete(1);
            }
        }

        public LocalState After() => new(
            _core.Capture(), _disk, [.. _pending],
            [.. _held.Select(held => (cluster.Intern(held.Message), (int)(held.After - _completed))).Distinct().Order()],
            [.. _reads.Select(read => read.Need)]);

        public int[] Sent() => [.. SentMessages.Select(cluster.Intern).Distinct().Order()];

        public (int Need, int At)[] Served() => [.. _served.Distinct().Order()];

        private void Act(ModelInput input)
        {
            switch (input.Action)
            {
                case ModelAction.ElectionTimeout:
                    Perform(_core.ElectionTimeout());
                    break;
                case ModelAction.HeartbeatTimeout:
                    Perform(_core.HeartbeatTimeout());
                    break;
                case ModelAction.Receive:
                    Perform(_core.Receive(cluster.Messages[input.Argument]));
                    break;
                case ModelAction.Propose:
                    Perform(_core.Propose([new byte[] { (byte)input.Argument }]));
                    break;
                case ModelAction.Compact:
                    LogEntry[] history = cluster.HistoryOf(before.Core!) ?? [];
                    Perform(_core.Compact(new LogIndex(input.Argument), cluster.DataOf(history[..input.Argument])));
                    break;
                case ModelAction.Read:
                    ReadRequest request = new();
                    _reads.Add((request, input.Argument));
                    Perform(_core.Read(request));
                    break;
                default:
                    Complete(input.Argument);
                    break;
            }
        }

        private void Complete(int writes)
        {
            List<DurableWrite> done = _pending[..writes];
            _pending.RemoveRange(0, writes);
            _disk = _disk.Write(done, int.MaxValue);
            _completed += writes;
            foreach ((Message message, long after) in _held)
            {
                if (after <= _completed)
                {
                    SentMessages.Add(message);
                }
            }

            _held.RemoveAll(held => held.After <= _completed);
            Perform(_core.WriteCompleted(new WriteId(_completed)));
        }

        private void Perform(Effects effects)
        {
            if (effects.Write is { } write)
            {
                _pending.Add(write);
            }

            foreach (OutgoingMessage message in effects.Messages)
            {
                if (message.After == WriteId.None)
                {
                    SentMessages.Add(message.Message);
                }
                else
                {
                    _held.Add((message.Message, message.After.Value));
                }
            }

            // Reads leave in the order in which they came, served or refused.
            for (int i = 0; i < effects.ReadsReady.Count; i++)
            {
                _served.Add((_reads[0].Need, (int)_core.LastApplied.Value));
                _reads.RemoveAt(0);
            }

            _reads.RemoveRange(0, effects.ReadsRefused.Count);
        }
    }
}
