namespace Raft.Verified.Exploration.Runtime;

/// <summary>Told of every decision, with its readable label. For replay and for writing schedules; exploration does without.</summary>
public interface IDecisionLog
{
    /// <summary>The next operation runs at this virtual time. Said before each; who does not show times need not listen.</summary>
    /// <param name="now">Virtual time since the start; it never falls.</param>
    void TimeIs(TimeSpan now)
    {
    }

    /// <summary>An operation is about to run.</summary>
    /// <param name="choice">Which of the enabled ones.</param>
    /// <param name="enabled">How many there were.</param>
    /// <param name="label">What it does.</param>
    void Choosing(int choice, int enabled, string label);

    /// <summary>That operation has run.</summary>
    /// <param name="fingerprint">The event hash after it.</param>
    void Ran(ulong fingerprint);

    /// <summary>A value was drawn.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bound">The number of possible ones.</param>
    /// <param name="what">What it decides.</param>
    /// <param name="fingerprint">The event hash after it.</param>
    void Drew(int value, int bound, string what, ulong fingerprint);
}
