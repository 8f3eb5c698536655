namespace Raft.Verified.Linearizability.Models;

/// <summary>A versioned store's answer.</summary>
/// <param name="Outcome">What became of the command.</param>
/// <param name="Value">The value got; null to a put, and without <see cref="VersionedOutcome.Ok"/>.</param>
/// <param name="Version">The version got, from 1; 0 to a put, and without <see cref="VersionedOutcome.Ok"/>.</param>
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
