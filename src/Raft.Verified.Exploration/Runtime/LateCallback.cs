namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The late callback of an expired timer, queued where the timer can no longer take it back, as on a busy thread pool.
/// It runs even if the timer is restarted or stopped meanwhile.
/// </summary>
internal sealed class LateCallback(SimulatedProcess process, VirtualTimer timer) : Operation
{
    public override OperationKind Kind => OperationKind.Timer;

    public override int Actor => process.Actor;

    public override OperationSubject Subject => new(ToString());

    public override void Run() => timer.Call();

    public override string ToString() => $"{process.Name} {timer}, late";
}
