namespace Raft.Verified.Specifications;

/// <summary>A part of a server's environment fails on purpose. What a server does about it is for the properties to judge; that it happens is no finding.</summary>
/// <param name="part">The part that fails.</param>
/// <param name="message">What it was to do.</param>
public sealed class InjectedFaultException(FailingPart part, string message) : Exception(message)
{
    /// <summary>The part that fails.</summary>
    public FailingPart Part { get; } = part;

    /// <summary>Whether a server must stop when this happens. A transport that fails has lost a message, no more.</summary>
    public bool StopsServer => Part != FailingPart.Transport;
}
