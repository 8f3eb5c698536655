using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// An act of the environment on servers or network: the subject of an event of kind
/// <see cref="RaftEventKind.Environment"/>. The server of the event is the affected one; none for the network. People
/// read the text, and it enters the event hash.
/// </summary>
public abstract record ClusterAct
{
    /// <summary>The readable text of the act, in a few words.</summary>
    public abstract string Text { get; }

    /// <inheritdoc />
    public sealed override string ToString() => Text;
}
