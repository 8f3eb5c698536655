namespace Raft.Verified.Specifications;

/// <summary>
/// An injected failure of a part of a server's environment. The properties judge the server's reaction; the failure
/// itself is not a finding.
/// </summary>
/// <param name="part">The part that fails.</param>
/// <param name="message">The action that fails.</param>
public sealed class InjectedFaultException(FailingPart part, string message) : Exception(message)
{
    /// <summary>The part that fails.</summary>
    public FailingPart Part { get; } = part;

    /// <summary>True when a server must stop on this failure. A failed transport has only lost a message.</summary>
    public bool StopsServer => Part != FailingPart.Transport;
}
