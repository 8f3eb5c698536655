namespace Raft.Verified.KeyValue;

/// <summary>The reason for which a server has no answer.</summary>
public enum KeyValueFailure
{
    /// <summary>There is no failure; the server has an answer.</summary>
    None,

    /// <summary>
    /// The request has no effect: this server does not lead, or another leader's entry replaced the command.
    /// </summary>
    NoEffect,

    /// <summary>The command may have an effect, now or later; the outcome is unknown.</summary>
    OutcomeUnknown,
}
