using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Raft.Verified.Cli.Commands;

/// <summary>A factory for options whose error messages are one line: what was found and what was expected.</summary>
internal static class CommandOptions
{
    private const double DefaultStepTimeout = 10;

    private const double MaxStepTimeout = 86400;

    /// <summary>
    /// Creates an option that takes a number within bounds; its value is null when the option is absent.
    /// </summary>
    /// <param name="name">The name of the option, with its dashes.</param>
    /// <param name="valueName">The name of the value in the help.</param>
    /// <param name="description">The description in the help.</param>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="expected">The description of valid values, for error messages.</param>
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

    /// <summary>Creates an option that takes one of a few names; its value is null when the option is absent.</summary>
    /// <param name="name">The name of the option, with its dashes.</param>
    /// <param name="valueName">The name of the value in the help.</param>
    /// <param name="description">The description in the help.</param>
    /// <param name="names">The valid names.</param>
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

    /// <summary>Creates an option that takes a path; its value is null when the option is absent.</summary>
    /// <param name="name">The name of the option, with its dashes.</param>
    /// <param name="valueName">The name of the value in the help.</param>
    /// <param name="description">The description in the help.</param>
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

    /// <summary>Creates the option for the real time after which a step counts as not returning.</summary>
    /// <param name="seconds">The default limit, in seconds.</param>
    public static Option<double?> StepTimeout(double seconds = DefaultStepTimeout) => Number(
        "--step-timeout", "S", string.Create(CultureInfo.InvariantCulture, $"Number of seconds of real time after which a step counts as not returning. [default: {seconds}]"),
        0.1, MaxStepTimeout, string.Create(CultureInfo.InvariantCulture, $"a number of seconds from 0.1 to {MaxStepTimeout}"));

    /// <summary>Returns the value of the option <c>--step-timeout</c>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option as created for the command.</param>
    /// <param name="seconds">The default limit, in seconds.</param>
    public static TimeSpan StepTimeoutOf(ParseResult parsed, Option<double?> option, double seconds = DefaultStepTimeout) =>
        TimeSpan.FromSeconds(parsed.GetValue(option) ?? seconds);

    /// <summary>Returns the folder that <c>--out</c> names; <c>out</c> when the option is absent.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option as created for the command.</param>
    /// <exception cref="InputException">The path is that of a file.</exception>
    public static string Folder(ParseResult parsed, Option<string?> option)
    {
        string directory = parsed.GetValue(option) ?? "out";
        return File.Exists(directory)
            ? throw new InputException($"{option.Name} is '{directory}', which is a file; expected a folder, or an unused name")
            : directory;
    }
}
