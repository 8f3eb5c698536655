using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>
/// A strategy that chooses the operations for the steps of a path, one step after the other. Between two steps every
/// continuation runs, the oldest first, so that a server is at rest before the next step. Messages that no step takes
/// stay in the network. A message that is taken several times is repeated as often.
/// </summary>
/// <param name="steps">The steps.</param>
/// <param name="holdsDisks">True when disks complete writes only where a step says so.</param>
/// <param name="mode">The liberties with which the path may be taken.</param>
internal sealed class PathStrategy(IReadOnlyList<PathStep> steps, bool holdsDisks, PathMode mode) : Strategy, IRaftObserver
{
    /// <summary>The name in the headers of schedules.</summary>
    public const string GivenName = "check";

    // Enough steps for some elections.
    private const int RandomSteps = 300;

    private readonly FairOrder _fair = new();
    private readonly List<string> _notes = [];
    private readonly Dictionary<ServerId, Writes> _writes = [];
    private Message? _sending;
    private int _next;
    private int _parts;
    private int _value;
    private SwarmStrategy? _random;
    private int _fairAt;

    /// <inheritdoc />
    public override string Name => GivenName;

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>The runtime that runs the strategy.</summary>
    public ControlledRuntime? Runtime { get; set; }

    /// <summary>The run of the scenario.</summary>
    public ScenarioRun? Run { get; set; }

    /// <summary>The step of the run before which it became fair; null when it did not.</summary>
    public int? FairFrom { get; private set; }

    /// <summary>The steps that were not taken as given, one line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
    }

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == RaftEventKind.MessageSent)
        {
            _sending = raftEvent.Message;
        }
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        if (Runtime!.IsFair)
        {
            return FairOrder.ChooseOperation(ready);
        }

        (_parts, _value) = (0, 0);
        if (_random is not null)
        {
            return ChooseAfterwards(ready, step);
        }

        if ((Oldest(ready, OperationKind.Continuation) ?? (holdsDisks ? null : Oldest(ready, OperationKind.Disk))) is { } rest)
        {
            return rest;
        }

        while (_next < steps.Count)
        {
            if (Take(ready, steps[_next]) is { } choice)
            {
                return choice;
            }
        }

        return ChooseAfterwards(ready, step);
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound) =>
        Runtime!.IsFair ? _fair.ChooseValue(bound)
        : _random?.ChooseValue(bound) ?? Math.Min(Drawing == SimulatedServer.SurvivingParts ? _parts : _value, bound - 1);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) =>
        Runtime!.IsFair ? _fair.ChooseFault(probability)
        : _random?.ChooseFault(probability) ?? (Drawing == ChaosCarrier.Duplication && IsWantedAgain(_sending!));

    private int ChooseAfterwards(ReadyOperations ready, int step)
    {
        if (mode.Ending == PathEnding.Random && _random is null)
        {
            _random = new SwarmStrategy();
            _random.Begin(mode.Seed, Run!.Cluster!.Servers.Count, RandomSteps);
            _fairAt = step + RandomSteps;
        }

        if (mode.Ending == PathEnding.Stop)
        {
            return EndRun;
        }

        if (step < _fairAt)
        {
            return _random!.ChooseOperation(ready, step);
        }

        FairFrom = step;
        return BecomeFair;
    }

    private int? Take(ReadyOperations ready, PathStep step) => step switch
    {
        TimerStep timer => Once(
            Find(ready, OperationKind.Timer, (in operation) => operation.Actor == step.Server.Value && operation.Payload.ToString() == timer.Timer), step,
            $"its {timer.Timer} is not set"),
        DeliveryStep delivery => TakeDelivery(ready, delivery),
        FlushStep flush => TakeFlush(ready, flush),
        CrashStep crash => TakeCrash(ready, crash),
        ActStep act => TakeAct(ready, act),
        _ => throw new ArgumentException($"{step.GetType().Name} is no step of a path"),
    };

    private int? TakeDelivery(ReadyOperations ready, DeliveryStep step)
    {
        int? same = Find(ready, OperationKind.Message, (in operation) => operation.Payload is ChaosCarrier.Delivery held && MessageContent.IsSame(held.Message, step.Message));
        if (same is null && !IsUp(step))
        {
            return Once(null, step, $"{step.Server} is down");
        }

        if (same is null
            && Find(ready, OperationKind.Message, (in operation) => operation.Payload is ChaosCarrier.Delivery held && MessageContent.IsAlike(held.Message, step.Message)) is { } alike)
        {
            _notes.Add(Note(step, $"the server has sent another one, '{((ChaosCarrier.Delivery)ready.At(alike).Payload).Message}', which is taken instead"));
            return Once(alike, step, "");
        }

        return Once(same, step, "the server has not sent such a message, or not as often");
    }

    // A server submits all waiting writes to its disk in one call, and they complete together.
    private int? TakeFlush(ReadyOperations ready, FlushStep step)
    {
        Writes writes = WritesOf(step.Server);
        int target = writes.Due + step.Writes;
        int batch = Run!.Cluster![step.Server].Disk.UnflushedWrites;
        int? flush = writes.Done >= target ? null : FindFlush(ready, step.Server);
        if (flush is not null && (writes.Done + batch <= target || mode.EarlyWrites))
        {
            if (writes.Done + batch > target)
            {
                _notes.Add(Note(step, $"the server has handed its disk {batch} writes in one call, which complete together"));
            }

            writes.Done += batch;
            return flush;
        }

        if (writes.Done < target)
        {
            string why = flush is null ? "the server has no such write on its way" : $"the server has handed its disk {batch} writes in one call, which complete together later";
            _notes.Add(Note(step, why));
        }

        _next++;
        writes.Due = target;
        return null;
    }

    // Writes that the server has not submitted reach its disk only after all earlier writes are complete.
    private int? TakeCrash(ReadyOperations ready, CrashStep step)
    {
        Writes writes = WritesOf(step.Server);
        int unflushed = Run!.Cluster![step.Server].Disk.UnflushedParts;
        if (step.Parts - writes.PartsOfCrash > unflushed && FindFlush(ready, step.Server) is { } flush)
        {
            writes.PartsOfCrash += unflushed;
            return flush;
        }

        _parts = step.Parts - writes.PartsOfCrash;
        _writes.Remove(step.Server);
        return IsUp(step) ? Once(FindAct(ready, step.Act), step, "the scenario has no such operation") : Once(null, step, $"{step.Server} is down");
    }

    private Writes WritesOf(ServerId server) => _writes.TryGetValue(server, out Writes? writes) ? writes : _writes[server] = new Writes();

    private int? TakeAct(ReadyOperations ready, ActStep step)
    {
        _value = step.Value;
        return Once(FindAct(ready, step.Act), step, "the scenario has no such operation");
    }

    private int? Once(int? choice, PathStep step, string otherwise)
    {
        _next++;
        if (choice is null)
        {
            _notes.Add(Note(step, otherwise));
        }

        return choice;
    }

    private string Note(PathStep step, string why)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (ReferenceEquals(steps[i], step))
            {
                return $"step {i + 1} ({step.Text}): {why}";
            }
        }

        return why;
    }

    private bool IsUp(PathStep step) => Run!.Cluster![step.Server].Server is not null;

    private bool IsWantedAgain(Message message)
    {
        int wanted = 0;
        for (int i = _next; i < steps.Count; i++)
        {
            wanted += steps[i] is DeliveryStep delivery && MessageContent.IsSame(delivery.Message, message) ? 1 : 0;
        }

        int held = 0;
        foreach (ref readonly PendingOperation operation in Runtime!.Timeline.Ready[OperationKind.Message].Items)
        {
            held += operation.Payload is ChaosCarrier.Delivery delivery && MessageContent.IsSame(delivery.Message, message) ? 1 : 0;
        }

        return wanted > held + 1;
    }

    private static int? FindFlush(ReadyOperations ready, ServerId server) => Find(ready, OperationKind.Disk, (in operation) => operation.Actor == server.Value);

    private static int? FindAct(ReadyOperations ready, string act) => Find(ready, OperationKind.Environment, (in operation) => operation.Payload.ToString() == act);

    private static int? Oldest(ReadyOperations ready, OperationKind kind) => Find(ready, kind, static (in _) => true);

    // Finds the oldest operation that fits.
    private static int? Find(ReadyOperations ready, OperationKind kind, Fits fits)
    {
        (int? choice, int oldest) = (null, int.MaxValue);
        for (int i = 0; i < ready.CountOf(kind); i++)
        {
            ref PendingOperation operation = ref ready[kind][i];
            if (operation.Order < oldest && fits(in operation))
            {
                (choice, oldest) = (ready.ChoiceOf(kind, i), operation.Order);
            }
        }

        return choice;
    }

    private delegate bool Fits(in PendingOperation operation);

    /// <summary>The writes of one life of a server.</summary>
    private sealed class Writes
    {
        /// <summary>The number of writes that are complete according to the path.</summary>
        public int Due { get; set; }

        /// <summary>The number of writes that are complete.</summary>
        public int Done { get; set; }

        /// <summary>
        /// The number of parts of writes that were completed because the next crash leaves them on the disk.
        /// </summary>
        public int PartsOfCrash { get; set; }
    }
}
