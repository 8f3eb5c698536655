using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that no part of a server fails, except after an injected failure of its storage or state machine
/// (<see cref="InjectedFaultException"/>). A failed transport is no reason to stop.
/// </summary>
public sealed class NoFault : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(NoFault);

    /// <inheritdoc />
    public override string Source => "none: the paper's servers fail by crashing, not by exceptions of their own";

    /// <inheritdoc />
    public override string Statement =>
        "No part of a server ends with an exception, except one that its storage or state machine was "
            + "made to throw.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Faulted];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view) => e.Subject is InjectedFaultException { StopsServer: true } ? null
        : e.Subject is Exception exception ? $"{e.Server} failed: {exception.GetType().Name}: {exception.Message}"
        : $"{e.Server} failed: {e.Subject ?? "no reason given"}";
}
