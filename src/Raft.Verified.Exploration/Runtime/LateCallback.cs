namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The callback of a timer that has run out, on its way: queued where the timer can no longer take it back, as on a busy thread pool. Whether the timer
/// was set again or stopped meanwhile makes no difference.
/// </summary>
internal sealed class LateCallback(SimulatedProcess process, VirtualTimer timer) : Operation
{
    public override OperationKind Kind => OperationKind.Timer;

    public override int Actor => process.Actor;

    public override OperationSubject Subject => new(ToString());

    public override void Run() => timer.Call();

    public override string ToString() => $"{process.Name} {timer}, late";
}
