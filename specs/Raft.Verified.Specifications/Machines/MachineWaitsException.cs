namespace Raft.Verified.Specifications.Machines;

/// <summary>The failure of a call to a copy of a state machine that waits for something that no copy gets.</summary>
internal sealed class MachineWaitsException(string call)
    : InvalidOperationException($"a copy of the state machine waits inside {call} for something that only a server has; write an {nameof(IStateMachineModel)} for it");
