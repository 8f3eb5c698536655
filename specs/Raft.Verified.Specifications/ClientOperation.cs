using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>
/// One operation of a client as the client sees it. The same object represents the operation from call to answer,
/// including all retries.
/// </summary>
/// <param name="client">The client's number.</param>
/// <param name="sequence">The operation's number among those of its client, from 1.</param>
/// <param name="command">The proposed command, which is the same in every retry.</param>
public sealed class ClientOperation(int client, long sequence, ReadOnlyMemory<byte> command)
{
    /// <summary>The client's number.</summary>
    public int Client { get; } = client;

    /// <summary>The operation's number among those of its client, from 1.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>The command proposed.</summary>
    public ReadOnlyMemory<byte> Command { get; } = command;

    /// <summary>The answer; null while there is none.</summary>
    public ProposalResult? Answer { get; set; }

    /// <inheritdoc />
    public override string ToString() => Answer is { } answer ? $"c{Client}#{Sequence} = {answer.Index}/{answer.Term}" : $"c{Client}#{Sequence}";
}
