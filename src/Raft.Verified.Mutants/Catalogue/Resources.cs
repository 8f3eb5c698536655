using System.Text;

namespace Raft.Verified.Mutants.Catalogue;

/// <summary>The texts that this assembly carries: the catalogue, and the sources of the code that mutants are made of.</summary>
internal static class Resources
{
    public static string Read(string name)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new MutantException($"{name}: there is no such source; expected a file of {string.Join(" or ", Compilation.MutantCompiler.Folders)}");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
