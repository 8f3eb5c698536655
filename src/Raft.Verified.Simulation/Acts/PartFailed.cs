using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>A deliberate failure of a part of the server.</summary>
/// <param name="Part">The part: storage or state machine.</param>
/// <param name="Call">The call that fails, as a verb.</param>
public sealed record PartFailed(FailingPart Part, string Call) : ClusterAct
{
    /// <inheritdoc />
    public override string Text => $"{(Part == FailingPart.Storage ? "storage" : "state machine")} failed to {Call}";
}
