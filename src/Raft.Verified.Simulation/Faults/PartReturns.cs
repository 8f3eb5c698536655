using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>The return of a call into a part of a server, most often its disk.</summary>
/// <param name="server">The server.</param>
/// <param name="what">The readable name of the completed call, for schedules.</param>
internal sealed class PartReturns(ServerId server, string what) : Operation
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public override OperationKind Kind => OperationKind.Disk;

    public override int Actor => server.Value;

    public override OperationSubject Subject => new(what);

    public override void Run() => _completion.SetResult();

    public override string ToString() => $"{server} {what}";
}
