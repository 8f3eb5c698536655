namespace Raft.Verified.Server;

/// <summary>The reason for which a proposal was refused.</summary>
public enum ProposalRefusalReason
{
    /// <summary>This server is not the leader. The command was not appended; it has no effect.</summary>
    NotLeader,

    /// <summary>
    /// An entry of a newer term was committed at or before the command's position, so the command can never take
    /// effect.
    /// </summary>
    Superseded,

    /// <summary>
    /// This server lost track of the command, because it was deposed or caught up by a snapshot. The command may or may
    /// not take effect.
    /// </summary>
    OutcomeUnknown,

    /// <summary>
    /// The server is stopping, has stopped or has failed. A command that was appended (at
    /// <see cref="ProposalRefusedException.Index"/>) may or may not take effect. A command that was not appended has no
    /// effect.
    /// </summary>
    Stopped,
}
