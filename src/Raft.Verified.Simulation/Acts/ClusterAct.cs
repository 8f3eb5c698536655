using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// An act of the environment on servers or network: the subject of an event of kind <see cref="RaftEventKind.Environment"/>. The server of the event is the one
/// that it happens to; none for the network. The text is what people read, and enters the event hash.
/// </summary>
public abstract record ClusterAct
{
    /// <summary>The act in a few words.</summary>
    public abstract string Text { get; }

    /// <inheritdoc />
    public sealed override string ToString() => Text;
}
