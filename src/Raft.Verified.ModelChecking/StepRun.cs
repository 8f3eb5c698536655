using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The execution of one step of one server: the core, the disk, and the messages and reads that wait for them.
/// </summary>
internal sealed class StepRun(CoreCluster cluster, RaftCoreOptions options, LocalState before)
{
    private readonly List<DurableWrite> _pending = [.. before.Pending];
    private readonly List<(Message Message, long After)> _held = [.. before.Held.Select(held => (held.Message, (long)held.After))];
    private readonly List<(ReadRequest? Request, int Need)> _reads = [.. before.Needs.Select(need => ((ReadRequest?)null, need))];
    private readonly List<(int Need, int At)> _served = [];
    private readonly List<Message> _sent = [];
    private readonly List<Message> _made = [];
    private TimerEffects _timers;
    private int _servedCount;
    private RaftCore _core = null!;
    private DiskState _disk = before.Disk;
    private long _completed;

    public void Take(ModelInput input, bool asyncDisk)
    {
        if (input.Action == ModelAction.Restart)
        {
            _core = new RaftCore(options, _disk.Load(), NullRaftObserver.Instance);
            Perform(_core.Start());
        }
        else
        {
            _core = RaftCore.Restore(options, before.Core!, NullRaftObserver.Instance);
            Act(input);
        }

        while (!asyncDisk && _pending.Count > 0)
        {
            Complete(1);
        }
    }

    public TakenStep Taken(ModelInput input) => new()
    {
        Input = input,
        Received = input.Action == ModelAction.Receive ? cluster.Message(input.Argument).Message : null,
        Before = before,
        After = new LocalState(
            _core.Capture(), _disk, [.. _pending], _held.Count == 0 ? [] : LocalState.Sorted(_held.Select(held => (held.Message, (int)(held.After - _completed)))),
            [.. _reads.Select(read => read.Need)]),
        Sent = _sent,
        Made = _made,
        Served = [.. _served.Distinct().Order()],
        ServedCount = _servedCount,
        Timers = _timers,
    };

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
                Perform(_core.Receive(cluster.Message(input.Argument).Message));
                break;
            case ModelAction.Propose:
                Perform(_core.Propose([new byte[] { (byte)input.Argument }]));
                break;
            case ModelAction.Compact:
                LogEntry[] history = cluster.HistoryOf(before.Core!) ?? [];
                Perform(_core.Compact(new LogIndex(input.Argument), cluster.Snapshots.DataOf(history[..input.Argument])));
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
                _sent.Add(message);
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

        _timers |= effects.Timers;
        foreach (OutgoingMessage message in effects.Messages)
        {
            _made.Add(message.Message);
            if (message.After == WriteId.None)
            {
                _sent.Add(message.Message);
            }
            else
            {
                _held.Add((message.Message, message.After.Value));
            }
        }

        // Reads end in the order in which they arrived, whether they are served or refused.
        for (int i = 0; i < effects.ReadsReady.Count; i++)
        {
            _servedCount++;
            _served.Add((_reads[0].Need, (int)_core.LastApplied.Value));
            _reads.RemoveAt(0);
        }

        _reads.RemoveRange(0, effects.ReadsRefused.Count);
    }
}
