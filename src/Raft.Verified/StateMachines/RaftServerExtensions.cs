using Raft.Verified.Server;

namespace Raft.Verified.StateMachines;

/// <summary>The client's side of typed state machines.</summary>
public static class RaftServerExtensions
{
    /// <summary>Proposes a typed command and waits until it is committed and applied here.</summary>
    /// <typeparam name="TCommand">The type of the commands.</typeparam>
    /// <typeparam name="TAnswer">The type of the answers.</typeparam>
    /// <param name="server">The server to propose to; it must lead.</param>
    /// <param name="codec">The encoding, which must be that of the servers' state machine.</param>
    /// <param name="command">The command; not null.</param>
    /// <param name="cancellationToken">
    /// Cancels the wait, not the proposal, which may still take effect. If the token is already cancelled, nothing is
    /// proposed.
    /// </param>
    /// <returns>The entry's term and index, and the state machine's answer.</returns>
    /// <exception cref="ProposalRefusedException">The proposal has no effect, or its outcome is unknown here; the exception says which.</exception>
    /// <exception cref="MalformedCommandException">The servers could not read the command, so it has no effect.</exception>
    /// <exception cref="InvalidDataException">The answer is that of another kind of state machine.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task<ProposalAnswer<TAnswer>> ProposeAsync<TCommand, TAnswer>(
        this RaftServer server, RaftCodec<TCommand, TAnswer> codec, TCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(codec);
        return ReadAsync(server.ProposeAsync(codec.EncodeCommand(command), cancellationToken), codec);
    }

    private static async Task<ProposalAnswer<TAnswer>> ReadAsync<TCommand, TAnswer>(Task<ProposalResult> proposal, RaftCodec<TCommand, TAnswer> codec)
    {
        ProposalResult result = await proposal;
        return new(result.Term, result.Index, codec.DecodeAnswer(result.Result));
    }
}
