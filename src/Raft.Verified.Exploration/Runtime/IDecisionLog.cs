namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The receiver of every decision with its readable label. Replay and the writing of schedules use one; exploration
/// runs without.
/// </summary>
public interface IDecisionLog
{
    /// <summary>
    /// Reports the virtual time of the next operation. Called before each operation; implementations that do not show
    /// times may ignore it.
    /// </summary>
    /// <param name="now">The virtual time since the start; it never decreases.</param>
    void TimeIs(TimeSpan now)
    {
    }

    /// <summary>Reports that an operation is about to run.</summary>
    /// <param name="choice">The position of the operation among the enabled ones, from 0.</param>
    /// <param name="enabled">The number of enabled operations.</param>
    /// <param name="label">The readable name of the operation.</param>
    void Choosing(int choice, int enabled, string label);

    /// <summary>Reports that the operation has run.</summary>
    /// <param name="fingerprint">The event hash after it.</param>
    void Ran(ulong fingerprint);

    /// <summary>Reports that a value was drawn.</summary>
    /// <param name="value">The value, from 0 to <paramref name="bound"/> - 1.</param>
    /// <param name="bound">The number of possible values.</param>
    /// <param name="what">The meaning of the value.</param>
    /// <param name="fingerprint">The event hash after it.</param>
    void Drew(int value, int bound, string what, ulong fingerprint);
}
