namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a versioned key/value store.</summary>
/// <param name="Outcome">The outcome of the command.</param>
/// <param name="Value">The value read by a get; null for a put, and without <see cref="VersionedOutcome.Ok"/>.</param>
/// <param name="Version">
/// The version read by a get, from 1; 0 for a put, and without <see cref="VersionedOutcome.Ok"/>.
/// </param>
public readonly record struct VersionedAnswer(VersionedOutcome Outcome, string? Value = null, long Version = 0)
{
    /// <inheritdoc />
    public override string ToString() => Outcome switch
    {
        VersionedOutcome.Ok => Value is null ? "ok" : $"\"{Value}\" version {Version}",
        VersionedOutcome.NoKey => "no key",
        VersionedOutcome.WrongVersion => "wrong version",
        _ => "maybe",
    };
}
