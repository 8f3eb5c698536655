using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Raft.Verified.Cli.Commands;

/// <summary>Options whose errors say in one line what was found and what was expected.</summary>
internal static class CommandOptions
{
    private const double DefaultStepTimeout = 10;

    private const double MaxStepTimeout = 86400;

    /// <summary>An option that takes a number within bounds; without it, null.</summary>
    public static Option<T?> Number<T>(string name, string valueName, string description, T min, T max, string expected)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Integer | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out T value)
                    && value >= min && value <= max)
                {
                    return value;
                }

                result.AddError($"{name} is '{text}'; expected {expected}");
                return null;
            },
        };

    /// <summary>An option that takes one of a few names.</summary>
    public static Option<string?> OneOf(string name, string valueName, string description, IReadOnlyList<string> names) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!names.Contains(text))
            {
                result.AddError($"{name} is '{text}'; expected one of {string.Join(", ", names)}");
            }

            return text;
        },
    };

    /// <summary>An option that takes a path.</summary>
    public static Option<string?> FilePath(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (string.IsNullOrWhiteSpace(text))
            {
                result.AddError($"{name} is empty; expected a path");
            }

            return text;
        },
    };

    /// <summary>How long a step may take, in real time, before it counts as one that does not return.</summary>
    /// <param name="seconds">The limit in seconds that holds without the option.</param>
    public static Option<double?> StepTimeout(double seconds = DefaultStepTimeout) => Number(
        "--step-timeout", "S", string.Create(CultureInfo.InvariantCulture, $"After how many seconds of real time a step counts as one that does not return. [default: {seconds}]"),
        0.1, MaxStepTimeout, string.Create(CultureInfo.InvariantCulture, $"a number of seconds from 0.1 to {MaxStepTimeout}"));

    /// <summary>The value of that option.</summary>
    public static TimeSpan StepTimeoutOf(ParseResult parsed, Option<double?> option, double seconds = DefaultStepTimeout) =>
        TimeSpan.FromSeconds(parsed.GetValue(option) ?? seconds);

    /// <summary>The folder that <c>--out</c> names: <c>out</c> when it is absent.</summary>
    /// <exception cref="InputException">It is a file.</exception>
    public static string Folder(ParseResult parsed, Option<string?> option)
    {
        string directory = parsed.GetValue(option) ?? "out";
        return File.Exists(directory)
            ? throw new InputException($"{option.Name} is '{directory}', which is a file; expected a folder, or a name that is free")
            : directory;
    }
}
