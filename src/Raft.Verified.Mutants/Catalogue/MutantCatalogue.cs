using System.Globalization;
using System.Reflection;

namespace Raft.Verified.Mutants.Catalogue;

/// <summary>The catalogue of all mutants, and of the known bugs that have no mutant.</summary>
public sealed class MutantCatalogue
{
    private const string Folder = "catalogue/";

    private const string SetAsideFile = "set-aside.json";

    private MutantCatalogue(IReadOnlyList<Mutant> mutants, IReadOnlyList<SetAsideBug> setAside)
    {
        Mutants = mutants;
        SetAside = setAside;
    }

    /// <summary>The mutants, in the order of their names.</summary>
    public IReadOnlyList<Mutant> Mutants { get; }

    /// <summary>The known bugs without a mutant, in the order of their names.</summary>
    public IReadOnlyList<SetAsideBug> SetAside { get; }

    /// <summary>Reads the catalogue that is embedded in this build.</summary>
    /// <exception cref="MutantException">A file is malformed, or two bugs have the same name.</exception>
    public static MutantCatalogue Load()
    {
        Assembly assembly = typeof(MutantCatalogue).Assembly;
        return Load([.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (name[Folder.Length..], Resources.Read(name)))]);
    }

    /// <summary>Reads a catalogue from a folder, to work on the catalogue or to use another one.</summary>
    /// <param name="directory">
    /// The path of a folder with one <c>.json</c> file per mutant; subfolders are included.
    /// </param>
    /// <exception cref="MutantException">
    /// The folder cannot be read or has no <c>.json</c> file, a file is malformed, or two bugs have the same name.
    /// </exception>
    public static MutantCatalogue Load(string directory)
    {
        try
        {
            string[] files = Directory.GetFiles(directory, "*.json", SearchOption.AllDirectories);
            return files.Length > 0
                ? Load([.. files.Select(file => (Path.GetRelativePath(directory, file), File.ReadAllText(file)))])
                : throw new MutantException($"{directory}: there is no .json file; expected one per mutant");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MutantException($"{directory}: cannot be read: {exception.Message}");
        }
    }

    private static MutantCatalogue Load(IReadOnlyList<(string Name, string Text)> files)
    {
        List<Mutant> mutants = [];
        List<SetAsideBug> setAside = [];
        foreach ((string name, string text) in files)
        {
            if (Path.GetFileName(name) == SetAsideFile)
            {
                setAside.AddRange(MutantFile.ParseSetAside(name, text));
                continue;
            }

            Mutant mutant = MutantFile.Parse(name, text);
            if (Path.GetFileNameWithoutExtension(name) != mutant.Id)
            {
                throw new MutantException($"{name}: \"id\" is '{mutant.Id}'; expected the file's name");
            }

            mutants.Add(mutant);
        }

        string[] ids = [.. mutants.Select(mutant => mutant.Id), .. setAside.Select(bug => bug.Id)];
        return ids.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new MutantException($"'{twice.Key}' is in the catalogue {twice.Count()} times; expected once, as a mutant or among the set-aside bugs")
            : new MutantCatalogue([.. mutants.OrderBy(mutant => mutant.Id, ById)], [.. setAside.OrderBy(bug => bug.Id, ById)]);
    }

    /// <summary>The order of mutant names: by letters, then by number.</summary>
    internal static IComparer<string> ById { get; } = Comparer<string>.Create((a, b) =>
    {
        (string letters, int number, string tail) x = Parts(a);
        (string letters, int number, string tail) y = Parts(b);
        return Comparer<(string, int, string)>.Default.Compare(x, y);
    });

    private static (string Letters, int Number, string Tail) Parts(string id)
    {
        string letters = new([.. id.TakeWhile(character => !char.IsAsciiDigit(character))]);
        string digits = new([.. id.Skip(letters.Length).TakeWhile(char.IsAsciiDigit)]);
        _ = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return (letters, number, id[(letters.Length + digits.Length)..]);
    }
}
