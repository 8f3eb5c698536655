using System.Globalization;

namespace Raft.Verified.Testing;

/// <summary>The bounds of an exploration, as the environment of the process changes them.</summary>
internal static class TestBounds
{
    private const double MaxSeconds = 366 * 24 * 3600;

    /// <summary>Returns the options for this process.</summary>
    /// <param name="options">The options of the test.</param>
    public static RaftTestOptions FromEnvironment(RaftTestOptions options) =>
        Of(options, Environment.GetEnvironmentVariable(RaftTestOptions.SecondsVariable));

    /// <summary>Returns the options with the time that the environment asks for.</summary>
    /// <param name="options">The options of the test.</param>
    /// <param name="seconds">
    /// The value of <see cref="RaftTestOptions.SecondsVariable"/>; null or empty when it is not set.
    /// </param>
    /// <exception cref="ArgumentException">The value is not a valid number of seconds.</exception>
    public static RaftTestOptions Of(RaftTestOptions options, string? seconds)
    {
        if (string.IsNullOrEmpty(seconds))
        {
            return options;
        }

        return double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= MaxSeconds
            ? options with { Time = TimeSpan.FromSeconds(value), Iterations = null }
            : throw new ArgumentException(
                $"The environment variable {RaftTestOptions.SecondsVariable} is '{seconds}'; expected a number of seconds greater than 0, at most {MaxSeconds}.");
    }
}
