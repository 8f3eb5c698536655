using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>
/// The world that a script moves: a simulated cluster under all monitors, on the controlled runtime with the untimed
/// clock. A message stays in the network, a flush in the disk and a timer pending until the script picks it. Other
/// operations, the continuations of tasks, run in a fixed order until none is left (<see cref="Settle"/>).
/// </summary>
internal sealed class ScriptWorld : IRaftObserver
{
    private const int MaxSteps = 1_000_000;
    private readonly ControlledRuntime _runtime;
    private readonly ScriptStrategy _strategy;
    private readonly ClusterObserver _observer;
    private readonly List<Message> _held = [];

    public ScriptWorld(ClusterSettings settings, Func<int, int, int> draw)
    {
        _strategy = new ScriptStrategy(draw);
        _runtime = new ControlledRuntime(_strategy, timed: false, new ScheduleBounds(MaxSteps + 1, MaxSteps));
        _observer = new ClusterObserver(_runtime, new Monitors(settings.Servers, settings.Model), [], this);
        Cluster = new SimulatedCluster(_runtime, settings, _observer);
        _runtime.AfterStep = Cluster.AfterStep;
        Cluster.StartAll();
    }

    public SimulatedCluster Cluster { get; }

    public TimeSpan Now => _runtime.Now;

    /// <summary>The messages in the network, in the order of sending.</summary>
    public IReadOnlyList<Message> Held => _held;

    /// <summary>All messages that were sent, in order.</summary>
    public List<Message> Sent { get; } = [];

    /// <summary>The hash of all events so far; two runs of a script have the same hash.</summary>
    public ulong EventHash => _runtime.EventHash;

    /// <summary>The servers whose flushes complete only when the script says so.</summary>
    public HashSet<ServerId> HeldDisks { get; } = [];

    /// <summary>The property and the message of the violation; null while there is none.</summary>
    public string? Finding => _runtime.FailedProperty is { } property ? $"{property}: {_runtime.FailureMessage}" : null;

    public void OnEvent(in RaftEvent raftEvent)
    {
        switch (raftEvent.Kind)
        {
            case RaftEventKind.MessageSent:
                Sent.Add(raftEvent.Message);
                _held.Add(raftEvent.Message);
                break;
            case RaftEventKind.MessageLost:
                RemoveHeld(raftEvent.Message);
                break;
            default:
                break;
        }
    }

    /// <summary>Runs all operations that need no picking, until none is left or a violation was found.</summary>
    public void Settle()
    {
        while (Finding is null)
        {
            if (_runtime.Timeline.Ready.CountOf(OperationKind.Continuation) > 0)
            {
                Run(OperationKind.Continuation, 0);
            }
            else if (IndexOf(OperationKind.Disk, static (operation, disks) => !disks.Contains(new ServerId(operation.Actor)), HeldDisks) is { } flush)
            {
                Run(OperationKind.Disk, flush);
            }
            else
            {
                break;
            }
        }
    }

    /// <summary>Puts a message into the network that no server has sent, or an earlier message once more.</summary>
    public void Insert(Message message)
    {
        _held.Add(message);
        Cluster.Network.Insert(message);
    }

    /// <summary>Delivers a message to its receiver.</summary>
    public void Deliver(Message message)
    {
        RemoveHeld(message);
        Run(OperationKind.Message, IndexOf(OperationKind.Message, static (operation, message) => IsArrivalOf(operation, message), message)!.Value);
    }

    /// <summary>Loses a message: it is never picked.</summary>
    public void Drop(Message message) => RemoveHeld(message);

    /// <summary>Makes a timer of a server expire, whenever it is due.</summary>
    /// <param name="server">The server.</param>
    /// <param name="timer">The name of the timer.</param>
    /// <returns>False when the timer is not set.</returns>
    public bool RunOut(ServerId server, string timer) => TryRun(OperationKind.Timer, server, timer);

    /// <summary>Ends the flush of a server's disk.</summary>
    /// <returns>False when no flush is in progress.</returns>
    public bool Flush(ServerId server) => TryRun(OperationKind.Disk, server, null);

    /// <summary>Returns the names of a server's pending timers and their due times, for error messages.</summary>
    public string Timers(ServerId server)
    {
        List<string> timers = [];
        foreach (ref readonly PendingOperation operation in _runtime.Timeline.Ready[OperationKind.Timer].Items)
        {
            if (operation.Actor == server.Value)
            {
                timers.Add($"{operation.Payload}, due at {new TimeSpan(operation.Due).TotalMilliseconds} ms");
            }
        }

        return timers.Count == 0 ? "no timer" : string.Join("; ", timers);
    }

    /// <summary>
    /// Advances virtual time. Timers expire when they are due; of timers due at the same time, the one of the lower
    /// server expires first.
    /// </summary>
    public void Pass(TimeSpan time)
    {
        TimeSpan end = Now + time;
        TimePasses passing = new();
        _runtime.Post(passing, time, null);
        while (Finding is null && FirstDue(end.Ticks) is { } timer)
        {
            Run(OperationKind.Timer, timer);
            Settle();
        }

        if (Finding is null)
        {
            Run(OperationKind.Environment, IndexOf(OperationKind.Environment, static (operation, it) => operation.Payload == it, passing)!.Value);
        }
    }

    private static bool IsArrivalOf(in PendingOperation operation, Message message) =>
        operation.Payload is ChaosCarrier.Delivery delivery && ReferenceEquals(delivery.Message, message);

    private void RemoveHeld(Message message)
    {
        int index = _held.FindIndex(held => ReferenceEquals(held, message));
        if (index >= 0)
        {
            _held.RemoveAt(index);
        }
    }

    private bool TryRun(OperationKind kind, ServerId server, string? name)
    {
        int? index = IndexOf(
            kind,
            static (operation, it) => operation.Actor == it.server.Value && (it.name is null || operation.Payload.ToString() == it.name),
            (server, name));
        if (index is not { } found)
        {
            return false;
        }

        Run(kind, found);
        return true;
    }

    private int? FirstDue(long end)
    {
        int? first = null;
        OperationSet timers = _runtime.Timeline.Ready[OperationKind.Timer];
        for (int i = 0; i < timers.Count; i++)
        {
            ref PendingOperation timer = ref timers[i];
            if (timer.Due <= end && (first is not { } best || (timer.Due, timer.Actor).CompareTo((timers[best].Due, timers[best].Actor)) < 0))
            {
                first = i;
            }
        }

        return first;
    }

    private int? IndexOf<T>(OperationKind kind, Func<PendingOperation, T, bool> isIt, T argument)
    {
        OperationSet operations = _runtime.Timeline.Ready[kind];
        for (int i = 0; i < operations.Count; i++)
        {
            if (isIt(operations[i], argument))
            {
                return i;
            }
        }

        return null;
    }

    private void Run(OperationKind kind, int index)
    {
        _strategy.NextChoice = _runtime.Timeline.Ready.ChoiceOf(kind, index);
        _strategy.Actor = _runtime.Timeline.Ready.ActorOf(kind, index);
        _runtime.RunStep();
        _strategy.Actor = 0;
    }

    /// <summary>The end of a period that the script lets pass.</summary>
    private sealed class TimePasses : Operation
    {
        public override OperationKind Kind => OperationKind.Environment;

        public override int Actor => 0;

        public override void Run()
        {
        }

        public override string ToString() => "time passes";
    }
}
