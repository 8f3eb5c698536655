namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a versioned key/value store.</summary>
/// <param name="IsPut">Whether it puts; otherwise it gets.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value to put; empty to a get.</param>
/// <param name="Version">The version that the key must have for the put to take effect: 0 for a key that does not exist; nothing to a get.</param>
public readonly record struct VersionedCommand(bool IsPut, string Key, string Value = "", long Version = 0)
{
    /// <summary>Asks for a key's value and version.</summary>
    public static VersionedCommand Get(string key) => new(false, key);

    /// <summary>Gives a key a value, if it has this version.</summary>
    public static VersionedCommand Put(string key, string value, long version) => new(true, key, value, version);

    /// <inheritdoc />
    public override string ToString() => IsPut ? $"put {Key} \"{Value}\" at version {Version}" : $"get {Key}";
}

/// <summary>How a versioned store answers.</summary>
public enum VersionedOutcome
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>The key does not exist: nothing to get, or a put expected a version other than 0.</summary>
    NoKey,

    /// <summary>The key has another version than the put expected.</summary>
    WrongVersion,

    /// <summary>
    /// A put that was sent more than once met another version than expected, perhaps its own: it took effect or not, but no later than this answer.
    /// Only clients say so, never the store.
    /// </summary>
    Maybe,
}

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

/// <summary>The state of one key.</summary>
/// <param name="Value">Its value; empty when it does not exist.</param>
/// <param name="Version">How often it was put; 0 when it does not exist.</param>
public readonly record struct VersionedState(string Value, long Version)
{
    /// <inheritdoc />
    public override string ToString() => Version == 0 ? "no key" : $"\"{Value}\" version {Version}";
}

/// <summary>A key/value store whose puts name the version that they replace.</summary>
public static class VersionedModel
{
    /// <summary>The model: each key is a part of its own. All of an answer is compared: value, version and outcome.</summary>
    public static SequentialModel<VersionedState, VersionedCommand, VersionedAnswer> Instance { get; } = new()
    {
        Name = "versioned",
        Initial = new VersionedState("", 0),
        PartOf = command => command.Key,
        IsReadOnly = command => !command.IsPut,
        Step = Step,
        Accepts = (got, expected) => got == expected || (got == new VersionedAnswer(VersionedOutcome.Maybe) && MayBecomeMaybe(expected)),
    };

    private static (VersionedState State, VersionedAnswer Answer) Step(VersionedState state, VersionedCommand command) => command switch
    {
        { IsPut: false } when state.Version == 0 => (state, new VersionedAnswer(VersionedOutcome.NoKey)),
        { IsPut: false } => (state, new VersionedAnswer(VersionedOutcome.Ok, state.Value, state.Version)),
        _ when command.Version == state.Version => (new VersionedState(command.Value, state.Version + 1), new VersionedAnswer(VersionedOutcome.Ok)),
        _ => (state, new VersionedAnswer(state.Version == 0 ? VersionedOutcome.NoKey : VersionedOutcome.WrongVersion)),
    };

    // Of a put, and not that the key does not exist: a put that took effect made it exist.
    private static bool MayBecomeMaybe(VersionedAnswer answer) =>
        answer.Value is null && answer.Outcome is VersionedOutcome.Ok or VersionedOutcome.WrongVersion;
}
